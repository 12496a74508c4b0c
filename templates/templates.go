// Package templates carries the definitions and the sentences that ship with
// the program, so that one file is enough to run it.
package templates

import "embed"

// FS holds each shipped catalogue as a folder of CSV tables ("hanoi") and the
// tables and the templates of paragraphs of package wording ("wording").
//
//go:embed hanoi/*.csv wording/*.csv wording/*.tmpl
var FS embed.FS
