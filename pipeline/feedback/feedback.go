// Package feedback owns what a unit gets back for a file it sent: its own
// workbook with the cells to correct filled and commented, a receipt in front
// with every point by consequence, and the figures the city has recorded, to be
// held against its own. Where the workbook cannot be annotated the same two
// sheets come alone. The receipt is a page to print, too.
//
// What is sent back may be put into the inputs again: the names in this file
// tell that it is an answer and to which file. Equal inputs give equal bytes.
package feedback

import (
	"time"

	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/wording"
)

// The defined names by which an answer is known when it comes back. Their
// sheets are ours and hold nothing that a unit says.
const (
	// NameReceipt is on the sheet with the receipt and the points.
	NameReceipt = "TH_PHAN_HOI"
	// NameRecorded is on the sheet with the recorded figures; an answer to a
	// file of which nothing was read has none.
	NameRecorded = "TH_DA_GHI_NHAN"
	// NameOriginal is on the cell with the SHA-256 of the file answered, in hex.
	NameOriginal = "TH_BAN_GOC"

	// nameFingerprint is text, not a place: what the answer says, hashed.
	nameFingerprint = "TH_DAU_VAN"
)

// Input is what is told about one file.
type Input struct {
	File    string // as the unit called it
	SHA256  string // of the file, hex
	Program string // version

	UnitID string // empty where it is not known
	Unit   string // title; empty where it is not known
	Period period.Month
	Window period.Window
	// Deadline is the unit's for the period; zero where the period is not known.
	Deadline time.Time
	// ReceivedAt is in the zone in which it is printed; zero where unknown.
	ReceivedAt   time.Time
	ReceivedFrom submission.ReceivedFrom
	OnTime       bool

	Status   string // in the words of the receipt
	Standing Standing
	Used     Used
	// Contact is whom to ask, as printed; may be empty.
	Contact string
	// Findings about this file, ordered.
	Findings []report.Finding
	// Values are what the file says, one for each indicator asked, in catalogue
	// order; none where nothing was read.
	Values  []Value
	Phrases wording.Phrases
	Sample  bool
}

// Standing is what a file is to the figures: what is said of its points follows
// from it.
type Standing int

// The standings.
const (
	// Unused: no figure of the file counts.
	Unused Standing = iota
	// Counts: the file counts, or the one that it repeats.
	Counts
	// Replaced: another version counts in its place, and nothing has to be
	// corrected in this one any more.
	Replaced
	// Withdrawn: the file has gone. It is not answered again, so that nothing is said
	// of it that may change.
	Withdrawn
)

// Used is the version of the unit's report that counts.
type Used struct {
	File    string // empty where none does
	Version int
	Own     bool // it is the file answered
}

// Value is what the file says of one indicator, and what of it is recorded.
type Value struct {
	submission.Value
	Programme string // as headed
	Name      string
	Measure   string
	// Contested says that a newer version, not used, has another figure.
	Contested bool
}
