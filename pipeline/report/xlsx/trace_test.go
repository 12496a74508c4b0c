package xlsx

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var hyperlinkFormula = regexp.MustCompile(`^HYPERLINK\("#'Nguồn số liệu'!A(\d+)",(.*)\)$`)

// Every figure of a unit that said something leads to the row where it said so,
// by a link or, where there are too many, by a formula that is worth the same.
func TestFiguresLeadToTheirSources(t *testing.T) {
	in := withHeadlines(t)
	linked := draw(t, in)
	spelled, err := drawLinked(in, 0)
	if err != nil {
		t.Fatal(err)
	}
	byLink, byFormula := open(t, linked), open(t, spelled)
	sources, err := byLink.GetRows(sheetSources)
	if err != nil {
		t.Fatal(err)
	}
	links, formulas := 0, 0
	for _, sheet := range []string{"CT01", "CT01" + ytdSuffix, "CT02", "CT02" + ytdSuffix} {
		rows, err := byLink.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r := firstUnitRow; r < firstUnitRow+4; r++ {
			for c := range rows[r-1] {
				cell := cellName(c+1, r)
				if ok, target, _ := byLink.GetCellHyperLink(sheet, cell); ok {
					links++
					row, err := strconv.Atoi(strings.TrimPrefix(target, "'"+sheetSources+"'!A"))
					if err != nil {
						t.Fatalf("%s!%s leads to %s", sheet, cell, target)
					}
					leadsTo(t, in, fmt.Sprintf("%s!%s", sheet, cell), sources[row-1], rows[r-1][0], rows[codeRow-1][c])
				}
				value, _ := byLink.GetCellValue(sheet, cell)
				again, _ := byFormula.GetCellValue(sheet, cell)
				if value != again {
					t.Errorf("%s!%s is worth %q, by formula %q", sheet, cell, value, again)
				}
				if formula, _ := byFormula.GetCellFormula(sheet, cell); hyperlinkFormula.MatchString(formula) {
					formulas++
					m := hyperlinkFormula.FindStringSubmatch(formula)
					row, _ := strconv.Atoi(m[1])
					leadsTo(t, in, fmt.Sprintf("%s!%s", sheet, cell), sources[row-1], rows[r-1][0], rows[codeRow-1][c])
					if strings.Trim(m[2], `"`) != value {
						t.Errorf("%s!%s shows %q for %q", sheet, cell, m[2], value)
					}
				}
				if ok, _, _ := byFormula.GetCellHyperLink(sheet, cell); ok {
					t.Errorf("%s!%s has a link beyond the limit", sheet, cell)
				}
			}
		}
	}
	if links < 8 || formulas < 6 {
		t.Errorf("%d links and %d formulas", links, formulas)
	}
	compare(t, read(t, byFormula), totals(t, in))
}

// leadsTo checks that a row of sources is of the unit and the indicator or, of a
// derived one, of a term.
func leadsTo(t *testing.T, in Input, cell string, source []string, unit, code string) {
	t.Helper()
	codes := []string{code}
	for _, ind := range in.Summary.Catalogue.Indicators {
		if ind.Code == code && ind.Formula != nil {
			codes = ind.Formula.Terms()
		}
	}
	if source[1] != unit || !slices.Contains(codes, source[3]) {
		t.Errorf("%s of unit %s, %s leads to %v", cell, unit, code, source)
	}
}
