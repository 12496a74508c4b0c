package reading

import (
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
)

var (
	zero    = figure.Int(0)
	count   = &catalogue.Indicator{Code: "DEM", Type: catalogue.Whole, Nature: catalogue.Flow, Min: &zero}
	stock   = &catalogue.Indicator{Code: "CUOI", Type: catalogue.Whole, Nature: catalogue.Stock, Min: &zero}
	amount  = &catalogue.Indicator{Code: "TIEN", Type: catalogue.Decimal, Nature: catalogue.Flow, Min: &zero}
	rate    = &catalogue.Indicator{Code: "TL", Type: catalogue.Percent, Nature: catalogue.Stock}
	naCount = &catalogue.Indicator{Code: "KAD", Type: catalogue.Whole, Nature: catalogue.Flow, AllowNA: true}
)

func TestReadGivesAFigureOrAFinding(t *testing.T) {
	for _, c := range []struct {
		name string
		cell Cell
		ind  *catalogue.Indicator
		want string // figure, then the codes
	}{
		{"whole number", Cell{Kind: Number, Raw: "41"}, count, "41"},
		{"zero of a flow is none", Cell{Kind: Number, Raw: "0"}, count, "none"},
		{"zero of a stock is a number", Cell{Kind: Number, Raw: "0"}, stock, "0"},
		{"exponent", Cell{Kind: Number, Raw: "1.2E3"}, count, "1200"},
		{"binary noise", Cell{Kind: Number, Raw: "0.30000000000000004"}, amount, "0.3"},
		{"noise in a count", Cell{Kind: Number, Raw: "41.000000000000007"}, count, "41"},
		{"half a person", Cell{Kind: Number, Raw: "12.5"}, count, "refused number-not-whole"},
		{"stored 1.234 in a count", Cell{Kind: Number, Raw: "1.234"}, count, "refused number-not-whole want=1234"},
		{"negative", Cell{Kind: Number, Raw: "-3"}, count, "refused value-out-of-range"},
		{"17 digits", Cell{Kind: Number, Raw: "12345678901234567"}, count, "refused number-unreadable"},
		{"1e309", Cell{Kind: Number, Raw: "1e309"}, count, "refused number-unreadable"},
		{"NaN", Cell{Kind: Number, Raw: "NaN"}, count, "refused number-unreadable"},
		{"a date", Cell{Kind: Date, Raw: "45000"}, count, "refused date-instead-of-number"},
		{"boolean", Cell{Kind: Boolean, Raw: "1"}, count, "refused number-unreadable"},
		{"error", Cell{Kind: Fault, Raw: "#REF!"}, count, "refused formula-error"},
		{"formula without result", Cell{Kind: Empty, Formula: true}, count, "refused formula-without-value"},
		{"blank", Cell{}, count, "blank"},
		{"spaces", Cell{Kind: Text, Raw: " \u00a0\u200b"}, count, "blank"},
		{"text digits", Cell{Kind: Text, Raw: "41"}, count, "41 text-number"},
		{"thousands point", Cell{Kind: Text, Raw: "1.234"}, count, "1234 text-number"},
		{"millions", Cell{Kind: Text, Raw: "1.234.567"}, count, "1234567 text-number"},
		{"decimal comma in a count", Cell{Kind: Text, Raw: "12,5"}, count, "refused number-not-whole"},
		{"decimal comma", Cell{Kind: Text, Raw: "12,5"}, amount, "12.5 text-number"},
		{"comma and three digits", Cell{Kind: Text, Raw: "15,000"}, count, "refused number-ambiguous"},
		{"point and three digits in an amount", Cell{Kind: Text, Raw: "1.200"}, amount, "refused number-ambiguous"},
		{"leading zero group", Cell{Kind: Text, Raw: "0.123"}, count, "refused number-unreadable"},
		{"a word", Cell{Kind: Text, Raw: "nhiều"}, count, "refused number-unreadable"},
		{"letters among digits", Cell{Kind: Text, Raw: "1O5"}, count, "refused number-unreadable"},
		{"full-width digits", Cell{Kind: Text, Raw: "１２"}, count, "refused number-unreadable"},
		{"N/A is asked about", Cell{Kind: Text, Raw: "N/A"}, naCount, "refused number-unreadable"},
		{"dash", Cell{Kind: Text, Raw: "-"}, count, "none"},
		{"en dash", Cell{Kind: Text, Raw: " – "}, count, "none"},
		{"KPS", Cell{Kind: Text, Raw: "kps"}, count, "none"},
		{"decomposed words", Cell{Kind: Text, Raw: "Kho\u0302ng pha\u0301t sinh"}, count, "none"},
		{"none in a stock", Cell{Kind: Text, Raw: "không có"}, stock, "refused none-in-stock"},
		{"not available", Cell{Kind: Text, Raw: "…"}, count, "not_available"},
		{"not available in words", Cell{Kind: Text, Raw: "chưa có số liệu"}, stock, "not_available"},
		{"'chưa có' may mean none", Cell{Kind: Text, Raw: "chưa có"}, count, "refused number-unreadable"},
		{"not applicable", Cell{Kind: Text, Raw: "Không áp dụng"}, naCount, "not_applicable"},
		{"not applicable where not allowed", Cell{Kind: Text, Raw: "KAD"}, count, "not_available not-applicable-refused"},
		{"percent by format", Cell{Kind: Number, Raw: "0.9", Percent: true}, rate, "90"},
		{"bare 0.9 in a percent", Cell{Kind: Number, Raw: "0.9"}, rate, "0.9 percent-scale want=90"},
	} {
		if got := show(Read(c.cell, c.ind)); got != c.want {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.cell.Raw, got, c.want)
		}
	}
}

func show(a Answer) string {
	var b strings.Builder
	b.WriteString(a.Figure.String())
	for _, f := range a.Findings {
		b.WriteString(" " + string(f.Code))
		if f.Want != "" {
			b.WriteString(" want=" + f.Want)
		}
	}
	return b.String()
}

func TestChoice(t *testing.T) {
	ind := &catalogue.Indicator{Type: catalogue.Choice, Choices: []string{"chưa triển khai", "đang triển khai", "hoàn thành"}}
	if a := Read(Cell{Kind: Text, Raw: "Ðang  triển khai"}, ind); a.Text != "đang triển khai" || len(a.Findings) > 0 {
		t.Errorf("with Ð of another code point: %+v", a)
	}
	if a := Read(Cell{Kind: Text, Raw: "xong"}, ind); a.Figure.State() != figure.Refused || a.Findings[0].Code != finding.ChoiceUnknown {
		t.Errorf("unknown choice: %+v", a)
	}
}

// Any text gives a state or a finding, never both a number and silence about a
// doubt, and a number printed the Vietnamese way is read back as itself.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"1", "1.234", "12,5", "-", "…", "KPS", "#N/A", "\xff", "９", "1e9"} {
		f.Add(s, byte(2))
	}
	f.Fuzz(func(t *testing.T, raw string, kind byte) {
		cell := Cell{Kind: Kind(kind % 6), Raw: raw}
		for _, ind := range []*catalogue.Indicator{count, stock, amount, rate, naCount} {
			a := Read(cell, ind)
			if a.Figure.Is(figure.Refused) != hasError(a) {
				t.Fatalf("%q for %s: %v with %v", raw, ind.Code, a.Figure, a.Findings)
			}
			if n, ok := a.Figure.Number(); ok && ind.Type == catalogue.Whole && !n.IsWhole() {
				t.Fatalf("%q for a count gives %s", raw, n)
			}
			if a.Figure.Is(figure.Blank) && cell.Kind != Empty && strings.ContainsAny(raw, "0123456789") {
				t.Fatalf("%q for %s is blank", raw, ind.Code)
			}
		}
	})
}

func hasError(a Answer) bool { return finding.Count(a.Findings, finding.Error) > 0 }
