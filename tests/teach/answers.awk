# Prints what a student types who goes through a lesson: an empty line for each page but the
# first, and for each question its first right answer, or with -v wrong=1 its wrong ones (three
# tries, then the answer is told).
/^\.page/ && pages++ > 0 { print "" }
/^\.ask/ { asked = 1; next }
asked && wrong && /^\.right/ {
	print "certainly not this"
	print "nor this"
	print "42424242"
	asked = 0
}
asked && !wrong && /^\.right/ {
	sub(/^\.right[ \t]+/, "")
	sub(/\|.*/, "")
	print
	asked = 0
}
