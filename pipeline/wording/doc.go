// Package wording owns every sentence people read, in Vietnamese and in
// English, by code. Code says which sentence and with which facts; the tables
// templates/wording/findings.csv and phrases.csv say how it reads, so that an
// office can change a word without a programmer and nothing is worded twice.
//
// A sentence is a template:
//
//	{name}         the fact of that name
//	{arg:name}     in findings.csv, the argument of that name (see Args)
//	[... {x} ...]  left out where a fact in it is empty
//	[... {x}|...]  the part after the bar instead, where a fact in it is empty
//	{n#unit|units} the first word where n is 1, else the second
//	{{ }} [[ ]]    the brackets themselves
//
// Numbers, months and dates among the facts are printed as the language prints
// them: 1.234,5 and 1,234.5; "tháng 6/2025" and "June 2025". Loading a Book
// checks every template, so that a sentence that loads can be said.
//
// The package is pure and a Book is immutable: Phrases may be used from many
// goroutines.
package wording
