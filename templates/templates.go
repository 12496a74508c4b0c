// Package templates carries the definitions and the sentences that ship with
// the program, so that one file is enough to run it.
package templates

import "embed"

// FS holds each shipped catalogue as a folder of CSV tables ("hanoi") and the
// tables of package wording ("wording").
//
//go:embed hanoi/*.csv wording/*.csv
var FS embed.FS
