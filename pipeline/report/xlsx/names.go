package xlsx

import (
	"regexp"
	"strconv"
	"strings"

	"tonghop/pipeline/period"
)

// spanSuffix ends the defined name of a city figure. Workbooks of the office
// are linked to these names: they never change, and are the same in every
// language.
var spanSuffix = map[period.SpanKind]string{
	period.Monthly: "thang", period.Quarterly: "quy", period.HalfYear: "6_thang", period.NineMonths: "9_thang", period.FullYear: "nam",
	period.QuarterToDate: "luy_ke_quy", period.YearToDate: "luy_ke", period.PlanToDate: "luy_ke_giai_doan",
}

// The names of table objects. Tables and defined names share one space.
const (
	tableSubmissions = "DonViNop"
	tableFindings    = "DiemCanSua"
	tableSources     = "NguonSoLieu"
	tableFiles       = "Tep"
	tableRemarks     = "ThuyetMinh"
	tableParagraphs  = "LoiVan"
	tableDefinitions = "DinhNghia"
)

// namespace gives names that no other has; Excel tells no case apart.
type namespace map[string]bool

func newNamespace() namespace {
	n := namespace{}
	for _, table := range []string{tableSubmissions, tableFindings, tableSources, tableFiles, tableRemarks, tableParagraphs, tableDefinitions} {
		n[strings.ToLower(table)] = true
	}
	return n
}

// of is the name of a city figure: CT02_LD_luy_ke.
func (n namespace) of(code string, span period.SpanKind) string {
	base := validName(code) + "_" + spanSuffix[span]
	name := base
	for i := 2; n[strings.ToLower(name)]; i++ {
		name = base + "_" + strconv.Itoa(i)
	}
	n[strings.ToLower(name)] = true
	return name
}

// likeCell finds codes that some program would take for a cell: CT1, R2C3, C.
var likeCell = regexp.MustCompile(`^(?i:[a-z]{1,3}[0-9]+|[rc]|r[0-9]*c[0-9]*)$`)

// namePrefix begins the name of a code that cannot begin one itself.
const namePrefix = "tp_"

// validName makes a code fit to begin a defined name: letters, digits and
// underscores, no digit first, unlike a cell.
func validName(code string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '_', '0' <= r && r <= '9', 'A' <= r && r <= 'Z', 'a' <= r && r <= 'z':
			return r
		}
		return '_'
	}, code)
	if name == "" || '0' <= name[0] && name[0] <= '9' || likeCell.MatchString(name) {
		return namePrefix + name
	}
	return name
}

// define names the cell of a city figure, so that other workbooks can be linked
// to it wherever it stands in a later report.
func (d *drawing) define(code string, span period.SpanKind, cell string) {
	name := d.taken.of(code, span)
	d.book.Define(name, cell)
	d.defined[code] = append(d.defined[code], name)
}
