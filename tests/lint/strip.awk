# SPDX-License-Identifier: BSD-3-Clause
# C source with comments, strings and character constants emptied; the lines keep their
# numbers. A string that runs over a line's end is no C, so only comments carry state.
{
	out = ""
	for (i = 1; i <= length($0); i++) {
		two = substr($0, i, 2)
		one = substr(two, 1, 1)
		if (comment) {
			if (two == "*/") {
				comment = 0
				i++
			}
		} else if (two == "/*") {
			comment = 1
			i++
		} else if (two == "//") {
			break
		} else if (one == "\"" || one == "'") {
			for (i++; i <= length($0) && substr($0, i, 1) != one; i++)
				if (substr($0, i, 1) == "\\")
					i++
			out = out one one
		} else {
			out = out one
		}
	}
	print out
}
