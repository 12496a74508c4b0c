//go:build !race

// The race detector makes allocations of its own and keeps pools from keeping.

package consolidate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/period"
)

// BenchmarkCity is the June of a city of 126 units, 60 indicators and half a
// year of reports, within a plan of five years.
func BenchmarkCity(b *testing.B) { benchmark(b, 6) }

// BenchmarkCityWithLastYear has the months of the year before, too: a figure has
// one to be compared with, and a trend is whole.
func BenchmarkCityWithLastYear(b *testing.B) { benchmark(b, 18) }

func benchmark(b *testing.B, months int) {
	in := largeCity(b, months)
	b.ReportAllocs()
	for b.Loop() {
		if city := consolidate.City(in); len(city.Figures) == 0 {
			b.Fatal("no figures")
		}
	}
}

// There are very many figures: what each costs is bounded.
func TestAllocations(t *testing.T) {
	in := largeCity(t, 2)
	const most = 12 // with its part of the trends; a rate is a fraction
	figures := len(consolidate.City(in).Figures)
	got := testing.AllocsPerRun(1, func() { consolidate.City(in) }) / float64(figures)
	if got > most {
		t.Errorf("%.1f allocations a figure, want %d at most", got, most)
	}
	t.Logf("%.1f allocations a figure", got)
}

func largeCity(tb testing.TB, months int) consolidate.Input {
	var text strings.Builder
	text.WriteString("units: id,kind,group\n")
	for u := range 126 {
		fmt.Fprintf(&text, "  U%d,phường,Cụm %d\n", u, u%9)
	}
	text.WriteString("indicators: code,nature,formula,compute_at,across,reaches\n")
	natures := []string{"flow", "flow", "stock", "cumulative"}
	var codes []string
	for i := range 48 {
		codes = append(codes, fmt.Sprintf("I%d", i))
		fmt.Fprintf(&text, "  I%d,%s\n", i, natures[i%4])
	}
	for i := range 10 {
		fmt.Fprintf(&text, "  R%d,,100 * I%d / I%d\n", i, 4*i, 4*i+1)
	}
	text.WriteString("  R10,,I0 + I1 - I4 - I5\n  R11,,100 * I0 / I1,unit,share,100\n")
	text.WriteString("targets: indicator,horizon,from,to,value\n  R10,plan,2021-01,2025-12,35000\n  I0,plan,2021-01,2025-12,35000\n")
	text.WriteString("reports:\n")
	for back := range months {
		m := period.Month{Year: 2025, Number: time.June}.Add(-back)
		for u := range 126 {
			fmt.Fprintf(&text, "  %s U%d", m, u)
			for i, code := range codes {
				fmt.Fprintf(&text, " %s=%d", code, 1+(m.Index()*u+i)%90)
			}
			text.WriteString("\n")
		}
	}
	return parseStory(tb, text.String()).input(tb)
}
