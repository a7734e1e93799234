// SPDX-License-Identifier: BSD-3-Clause
// usage: node mermaid.js FILE...   Does mermaid's own parser take them for sequence diagrams?
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const modules = process.env.TCPHS_NODE_MODULES;

(async () => {
	const { JSDOM } = require(path.join(modules, 'jsdom'));
	global.window = new JSDOM('<!DOCTYPE html><body></body>').window;
	global.document = window.document;
	const entry = path.join(modules, 'mermaid', 'dist', 'mermaid.core.mjs');
	const mermaid = (await import(pathToFileURL(entry))).default;
	let bad = 0;

	for (const file of process.argv.slice(2)) {
		try {
			const parsed = await mermaid.parse(fs.readFileSync(file, 'utf8'));

			if (parsed.diagramType !== 'sequence')
				throw new Error('taken for ' + parsed.diagramType);
		} catch (error) {
			console.log(file + ': ' + String(error.message).slice(0, 400));
			bad = 1;
		}
	}
	console.log(process.argv.length - 2 + ' diagrams');
	process.exit(bad);
})();
