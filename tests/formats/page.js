// SPDX-License-Identifier: BSD-3-Clause
// usage: node page.js PAGE.html RECORDS.json [FOLDER]
// Steps through the page in a headless browser by keys and by buttons, at a desk, on a phone
// and without JavaScript; screenshots go to FOLDER. RECORDS is what `tcphs show --json` says.
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require(path.join(process.env.TCPHS_NODE_MODULES, 'playwright-core'));
const [page_path, records_path, pictures] = process.argv.slice(2);
const url = pathToFileURL(path.resolve(page_path)).href;
const records = fs.readFileSync(records_path, 'utf8').trim().split('\n').map(JSON.parse);
const connections = records.filter((r) => r.record === 'connection/1').length;
let bad = 0;

function expect(what, holds) {
	if (!holds) {
		console.log('not so: ' + what);
		bad = 1;
	}
}

// Which of the first ladder's steps are seen (not dimmed, not hidden), and which is said.
function seen() {
	const shown = (e) => {
		const style = getComputedStyle(e);

		return style.display !== 'none' && style.visibility !== 'hidden' &&
			parseFloat(style.opacity) > 0.5 && e.getClientRects().length > 0;
	};
	const section = document.querySelector('section');
	const items = [...section.querySelectorAll('li[data-step]')];
	const drawn = (item) => [...section.querySelectorAll('svg .' + item.dataset.step)].some(shown);

	return {
		steps: items.filter(drawn).length,
		all: items.length,
		said: [...section.querySelectorAll('li')].filter(shown).map((e) => e.textContent),
		sections: document.querySelectorAll('section').length,
		width: document.documentElement.scrollWidth,
		window: innerWidth,
	};
}

async function open(browser, options, name) {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const asked = [];

	page.on('request', (request) => asked.push(request.url()));
	page.on('pageerror', (error) => expect(name + ': no error: ' + error, false));
	page.on('console', (m) => expect(name + ': nothing to say: ' + m.text(), m.type() !== 'error'));
	await page.goto(url);
	expect(name + ': asks nobody', asked.every((u) => u === url));
	return page;
}

async function picture(page, name) {
	if (pictures)
		await page.screenshot({ path: path.join(pictures, name + '.png') });
}

(async () => {
	const browser = await chromium.launch({
		executablePath: process.env.TCPHS_CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });

	// At a desk, by keys.
	let page = await open(browser, { viewport: { width: 1280, height: 900 } }, 'desk');
	let now = await page.evaluate(seen);
	const whole = now.all;
	expect('every connection has its section', now.sections === connections);
	expect('all steps are seen at first', now.steps === whole && whole > 3);
	await picture(page, 'desk-all');
	const said = [];
	for (let i = 0; i < whole; i++) {
		await page.keyboard.press('ArrowRight');
		now = await page.evaluate(seen);
		expect(`step ${i}: ${i + 1} steps are seen, not ${now.steps}`, now.steps === i + 1);
		expect(`step ${i}: one thing is said, not ${now.said.length}`, now.said.length === 1);
		said.push(now.said[0]);
		if (i === 2)
			await picture(page, 'desk-step');
	}
	const segments = records.filter((r) => r.record === 'segment/1' && r.connection === 1);
	expect('each step says another thing', new Set(said).size === said.length);
	expect('the first segment is named', said.some((s) => s.includes('#' + segments[0].packet + ' at')));
	await page.keyboard.press('ArrowLeft');
	now = await page.evaluate(seen);
	expect('back is back', now.steps === whole - 1 && now.said[0] === said[whole - 2]);
	await page.keyboard.press('Escape');
	now = await page.evaluate(seen);
	expect('Esc shows all', now.steps === whole);

	// By buttons, on a phone, in the dark.
	page = await open(browser, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2,
		isMobile: true, hasTouch: true, colorScheme: 'dark' }, 'phone');
	now = await page.evaluate(seen);
	expect(`a phone need not scroll sideways: ${now.width} > ${now.window}`, now.width <= now.window);
	await picture(page, 'phone-all');
	const next = page.locator('section').first().getByRole('button', { name: /next|→/i }).first();
	await next.tap();
	await next.tap();
	now = await page.evaluate(seen);
	expect('two taps are two steps', now.steps === 2 && now.said.length === 1);
	await picture(page, 'phone-step');

	// Without JavaScript everything is there.
	page = await open(browser, { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
		'no script');
	const items = await page.locator('section >> nth=0 >> li').count();
	let visible = 0;
	for (let i = 0; i < items; i++)
		visible += await page.locator('section >> nth=0 >> li').nth(i).isVisible();
	expect('without JavaScript all is said', items === whole && visible === items);
	expect('without JavaScript no button', !(await page.getByRole('button').first().isVisible().catch(() => false)));
	await picture(page, 'no-script');
	await browser.close();
	console.log(`${whole} steps, ${connections} connections`);
	process.exit(bad);
})();
