package workbook

// Limits are the budgets within which a file is read. A file beyond one of them
// is refused with "workbook-too-large" and the budget's name. Sizes are bytes.
type Limits struct {
	File          int64 // the file as received
	Parts         int   // entries in the archive
	Part          int64 // one part, inflated
	Total         int64 // all parts together, inflated
	Ratio         int64 // inflated to packed size of a part that is parsed, once past RatioGrace
	RatioGrace    int64 // inflated size up to which Ratio is not looked at
	Workbook      int64 // the workbook part, relations, content types and properties, each
	Styles        int64 // the styles part
	SharedStrings int64 // the shared strings part
	Strings       int   // shared strings
	Formats       int   // cell formats, number formats and fonts, each
	Names         int   // defined names
	Merges        int   // merged ranges in a sheet
	Cells         int   // cells visited in all sheets, blank formatted ones included
	Columns       int   // highest column number
	Rows          int   // highest row number
}

// DefaultLimits are the shipped budgets: generous for a form filled by hand, and
// tight enough that the worst file costs a second or two and about 200 MiB.
func DefaultLimits() Limits {
	const mib = 1 << 20
	return Limits{
		File:          32 * mib,
		Parts:         1000,
		Part:          64 * mib,
		Total:         128 * mib,
		Ratio:         100,
		RatioGrace:    100 << 10,
		Workbook:      4 * mib,
		Styles:        4 * mib,
		SharedStrings: 16 * mib,
		Strings:       1_000_000,
		Formats:       65_536,
		Names:         20_000,
		Merges:        100_000,
		Cells:         1_000_000,
		Columns:       16_384,
		Rows:          1_048_576,
	}
}
