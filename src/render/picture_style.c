/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/picture.h"

/* Plain classes and colours: librsvg knows no CSS variables. */
static const char light[] =
    ".bg{fill:#fff}"
    ".t{font:13px 'DejaVu Sans','Segoe UI',system-ui,sans-serif;fill:#1b1f24}"
    ".h1{font-size:17px;font-weight:bold}.h2{font-size:14px}.small{font-size:12px}"
    ".b{font-weight:bold}.i{font-style:italic}.num{font-size:12.5px}"
    ".dim,.time{fill:#5f6773}"
    ".halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}"
    ".life{stroke:#8b93a0;stroke-width:1.5}.gone{stroke:#8b93a0;stroke-width:1.5;"
    "stroke-dasharray:2 4}"
    ".head{fill:#f1f4f8;stroke:#8b93a0}"
    ".a{stroke-width:1.7;fill:none}.f{stroke:none}"
    ".syn{stroke:#0b5cab}.fsyn{fill:#0b5cab}.ack{stroke:#3a424e}.fack{fill:#3a424e}"
    ".data{stroke:#6b7280}.fdata{fill:#5f6773}.fin{stroke:#8a4b00}.ffin{fill:#8a4b00}"
    ".rst{stroke:#b3261e}.frst{fill:#b3261e}.copy{stroke:#9aa1ac;stroke-dasharray:5 4}"
    ".fcopy{fill:#7a828e}"
    ".ok{fill:#14713d;font-weight:bold}.bad{fill:#b3261e;font-weight:bold}"
    ".sbad{stroke:#b3261e;stroke-width:2.4}"
    ".note{fill:#0b5cab}.warning{fill:#8a4b00;font-weight:bold}"
    ".error{fill:#b3261e;font-weight:bold}"
    ".br{stroke:#7b4b94;stroke-width:1.5;fill:none}.fbr{fill:#6a3b84}";

static const char dark[] =
    "@media (prefers-color-scheme:dark){"
    ".bg{fill:#15181d}.t{fill:#e6e8eb}.dim,.time{fill:#a2a9b4}.halo{stroke:#15181d}"
    ".life,.gone{stroke:#767e8b}.head{fill:#232830;stroke:#767e8b}"
    ".syn{stroke:#6cb6ff}.fsyn,.note{fill:#6cb6ff}.ack{stroke:#c3cad3}.fack{fill:#c3cad3}"
    ".data{stroke:#8d95a1}.fdata{fill:#a2a9b4}.fin{stroke:#f0b060}.ffin,.warning{fill:#f0b060}"
    ".rst,.sbad{stroke:#ff8a80}.frst,.bad,.error{fill:#ff8a80}.ok{fill:#5bd68a}"
    ".copy{stroke:#6b7380}.fcopy{fill:#8d95a1}.br{stroke:#c79be0}.fbr{fill:#d3aeea}}";

/* Paper is white whatever the screen is. */
static const char print[] =
    "@media print{"
    ".bg{fill:#fff}.t{fill:#000}.dim,.time{fill:#444}.halo{stroke:#fff}"
    ".life,.gone{stroke:#666}.head{fill:#fff;stroke:#666}"
    ".syn{stroke:#0b5cab}.fsyn,.note{fill:#0b5cab}.ack{stroke:#222}.fack{fill:#222}"
    ".data{stroke:#555}.fdata{fill:#444}.fin{stroke:#8a4b00}.ffin,.warning{fill:#8a4b00}"
    ".rst,.sbad{stroke:#b3261e}.frst,.bad,.error{fill:#b3261e}.ok{fill:#14713d}"
    ".copy{stroke:#777}.fcopy{fill:#555}.br{stroke:#7b4b94}.fbr{fill:#6a3b84}}";

void picture_style(struct text *out)
{
	text_add(out, light);
	text_add(out, dark);
	text_add(out, print);
}
