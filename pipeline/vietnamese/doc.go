// Package vietnamese owns what is particular to text in Vietnamese: letters in
// one form, legacy encodings, the folded form on which names match, the order of
// the alphabet, and numbers and dates as they are printed.
//
// The package is pure, and every function takes any string: text that is not
// Vietnamese, not valid UTF-8 or hostile gives a string back, never a panic.
// Legacy text must be decoded before anything else here touches it, for TCVN3
// writes ư as a soft hyphen, which all cleaning removes.
package vietnamese
