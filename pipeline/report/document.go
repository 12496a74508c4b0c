// Package report owns what a report says and in what order, as a Document:
// words, numbers as printed, and tables, without a page, a font or a file.
// Packages report/pdf and report/xlsx draw; nothing below them decides what is
// said.
package report

// Document is a report ready to be drawn. All text is final: rounded, in the
// reader's language, NFC. Drawing may wrap and paginate, never alter.
type Document struct {
	Title    string // metadata and bookmarks
	Subject  string
	Author   string
	Keywords []string
	// Draft is printed at the head of every page until the report is signed,
	// such as "DỰ THẢO – bản r1, lập lúc 10:35 ngày 17/6/2025". Empty when
	// signed.
	Draft string
	// Provenance is the last line of the last page, in small type.
	Provenance string
	// Party sets the document in the manner of the Party's own, instead of that of
	// Decree 30/2020: the Party's name alone at the right of the letterhead, a star
	// under the issuing body, larger type.
	Party    bool
	Sections []Section
}

// Section starts on a new page and keeps one orientation.
type Section struct {
	Landscape bool
	// Annex is the short name of the appendix that the section belongs to, such
	// as "Phụ lục I", and empty for the main text, which comes first. Sections of
	// one name that follow each other are one appendix. Each appendix numbers its
	// own pages (Decree 30/2020, Appendix I) and is named on them.
	Annex string
	// Apart numbers the section's pages on their own: one letter of many.
	Apart  bool
	Blocks []Block
}

// Block is one of this package's types, those of this file and of charts.go; no
// other package adds one.
type Block interface{ block() }

// Letterhead is the head of page 1: two columns, each with lines, the second
// line of each, or the only one, set off by a rule or a star.
type Letterhead struct {
	Left, Right []string
	// Number is the line under the left column ("Số: ……/BC-BTV"), PlaceDate
	// that under the right ("Hà Nội, ngày … tháng … năm …"), in italics.
	Number, PlaceDate string
	// About is what a letter, which has no title, is about ("V/v …"): under its
	// number. Empty for any other document.
	About string
}

// Addressee is whom a letter is for, "Kính gửi: …", centred. It becomes a
// bookmark, as a heading of level 1, and stays with what follows it.
type Addressee struct {
	Text string
}

// Title is the document's title and subject, centred, bold.
type Title struct {
	Lines []string
}

// AnnexTitle heads an appendix, "Phụ lục I" over its title, centred, bold, and
// what it is attached to in italics; or the sheet of a unit, which has no label.
// It becomes a bookmark, as a heading of level 1.
type AnnexTitle struct {
	Label string
	Title string
	Note  string // such as "(Kèm theo Báo cáo số 05/BC-BTV …)"; may be empty
}

// Heading opens a part; Level 1 to 3. It is never the last thing on a page and
// becomes a bookmark.
type Heading struct {
	Level int
	Text  string
}

// Style of a paragraph.
type Style uint8

// The styles.
const (
	Body Style = iota
	Strong
	Emphasis // italic
	Small    // notes and legends
	Centered
	Warn // what must not be overlooked: bold, with a rule at its left
)

// Paragraph is running text; it wraps and may break across pages.
type Paragraph struct {
	Style Style
	Text  string
}

// Bullets is a list with hanging indents.
type Bullets struct {
	Small bool
	Items []string
}

// Fact is a number with its label, drawn large.
type Fact struct {
	Label string
	Value string
}

// Facts is a row of up to six facts of equal width, in boxes.
type Facts struct {
	Items []Fact
}

// Align of a column or cell.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// Column of a table. Widths are weights: the drawer shares the text width out
// among the columns in their proportion.
type Column struct {
	Weight float64
	Align  Align
}

// Cell of a table.
type Cell struct {
	Text   string
	Span   int // columns covered, 0 and 1 are one
	Strong bool
	Italic bool
	Indent int  // steps of 3 mm
	Mark   Mark // drawn before the text
	// Align overrides the column's where AlignSet.
	Align    Align
	AlignSet bool
}

// RowKind says how a row is drawn.
type RowKind uint8

// The kinds of row.
const (
	Data  RowKind = iota
	Group         // a heading inside the table: bold, shaded, never last on a page
	Total         // bold, ruled above
)

// Row of a table. It is split over two pages only where it is higher than a
// page, between lines, with dashed edges.
type Row struct {
	Kind  RowKind
	Cells []Cell
}

// Table has its Head rows repeated on every page.
type Table struct {
	Columns []Column
	Head    [][]Cell
	Rows    []Row
	Size    float64 // points; 0 is 10
	// Whole keeps the table on one page where a page has room for it. A table of
	// less than four tenths of a page always is.
	Whole bool
	// Keep is the number of leading columns repeated where the table is too
	// wide for the page and is split by columns; 0 never splits: the columns
	// are squeezed into the text width.
	Keep int
	// MinWidth is the least width in mm of a column beyond the kept ones when
	// the table may be split.
	MinWidth float64
}

// Signatures closes the main text: the recipients at the left, the signature
// at the right.
type Signatures struct {
	Recipients []string // "Nơi nhận:" first
	Block      []string // "TM. BAN THƯỜNG VỤ", title
	// Note stands in italics in the room for hand and seal, such as "(đã ký)" on
	// a copy; empty leaves the room free.
	Note string
	Name string // last, after the room
}

func (Letterhead) block() {}
func (Addressee) block()  {}
func (Title) block()      {}
func (AnnexTitle) block() {}
func (Heading) block()    {}
func (Paragraph) block()  {}
func (Bullets) block()    {}
func (Facts) block()      {}
func (Table) block()      {}
func (Signatures) block() {}
