package intake

import (
	"regexp"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/layout"
	"tonghop/pipeline/reading"
	"tonghop/pipeline/vietnamese"
)

// counted is what a unit of measure says: "triệu đồng" is a million times
// "dong".
type counted struct {
	factor figure.Number
	base   string // folded; empty for "triệu" alone
}

// factors are the words of a measure that multiply.
var factors = map[string]int64{
	"nghin": 1000, "ngan": 1000, "1000": 1000, "trieu": 1_000_000, "tr": 1_000_000, "1000000": 1_000_000,
	"ty": 1_000_000_000, "ti": 1_000_000_000,
}

// alike are words that begin as factors do once tones are dropped: a share, a
// bank, a budget.
var alike = map[string]bool{"ty le": true, "ti le": true, "ngan hang": true, "ngan sach": true}

// thousand is "1.000" and "1.000.000" before a measure, folded, with or without
// a space behind.
var thousand = regexp.MustCompile(`^1 ?000( ?000)? ?`)

// bases are other words for a measure.
var bases = map[string]string{"d": "dong", "vnd": "dong", "dong vnd": "dong", "dong viet nam": "dong", "vn dong": "dong"}

func countedIn(measure string) counted {
	c := counted{factor: figure.Int(1)}
	text := vietnamese.Fold(strings.ReplaceAll(strings.ReplaceAll(measure, "%", " phan tram "), "₫", " đ "))
	for _, label := range []string{"don vi tinh ", "dvt ", "don vi "} {
		text = strings.TrimPrefix(text, label)
	}
	text = thousand.ReplaceAllStringFunc(text, func(match string) string {
		return strings.ReplaceAll(strings.TrimSpace(match), " ", "") + " "
	})
	words := strings.Fields(strings.Replace(text, "trd", "tr d", 1))
	if len(words) > 1 && alike[words[0]+" "+words[1]] {
		return counted{factor: c.factor, base: text}
	}
	for len(words) > 0 && factors[words[0]] > 0 {
		c.factor = c.factor.Mul(figure.Int(factors[words[0]]))
		words = words[1:]
	}
	c.base = strings.Join(words, " ")
	if same, ok := bases[c.base]; ok {
		c.base = same
	}
	return c
}

// isMeasure reports whether a text beside "Đơn vị:" is a measure of money or a
// multiple, and so no unit that reports.
func (c counted) isMeasure() bool { return c.base == "dong" || c.isMultiple() }

func (c counted) isMultiple() bool { return !c.factor.Equal(figure.Int(1)) }

// readCounted reads the value of a line in the measure in which it was counted:
// that of its row, of the column's heading, or of the table. A multiple of the
// indicator's own measure is multiplied exactly, and told; a multiple of
// another one, or of none, is asked about, as are places that name different
// multiples.
func (r *reader) readCounted(l *line, ind *catalogue.Indicator) reading.Answer {
	cell := AsRead(l.value)
	cell.Date1904 = r.book.Date1904
	if ind.Type != catalogue.Whole && ind.Type != catalogue.Decimal || !l.typed() {
		return reading.Read(cell, ind, r.month)
	}
	want := r.measures.Of(ind.Measure)
	measures, others := r.measuresOf(l, want)
	refused := func(found string) reading.Answer {
		answer := reading.Read(cell, ind, r.month)
		if !answer.Figure.Is(figure.Known) {
			return answer // nothing to multiply
		}
		return reading.Answer{Figure: figure.Without(figure.Refused), Findings: []finding.Finding{mismatch(found, cell)}}
	}
	if len(measures) == 0 {
		answer := reading.Read(cell, ind, r.month)
		if others != "" && !r.scaleTold && answer.Figure.Is(figure.Known) {
			// "ĐVT: triệu đồng" above a table is not said of people, but somebody
			// should look once.
			r.scaleTold = true
			answer.Findings = append(answer.Findings, doubt(others, cell))
		}
		return answer
	}
	measure := measures[0]
	have := r.measures.Of(measure)
	for _, other := range measures[1:] {
		if !r.measures.Of(other).factor.Equal(have.factor) {
			return refused(strings.Join(measures, " / "))
		}
	}
	switch {
	case have.base == want.base && have.factor.Equal(want.factor):
		return reading.Read(cell, ind, r.month)
	case have.base == want.base:
		return r.readScaled(cell, ind, measure, have.factor, want.factor)
	case have.factor.Equal(want.factor) && (have.base == percent) == (want.base == percent):
		answer := reading.Read(cell, ind, r.month)
		if !sameKind(have.base, want.base) && answer.Figure.Is(figure.Known) {
			answer.Findings = append(answer.Findings, doubt(measure, cell)) // the same scale: another word, or another row
		}
		return answer
	}
	return refused(measure)
}

// percent is the measure "%" as countedIn gives it.
const percent = "phan tram"

// measuresOf gives the measures that are said of a line: that of its row or,
// without one, that in brackets behind its name; then those of the whole table
// that can be meant of it. others is a multiple that is said of the whole table
// and can not, where the row has no measure of its own to settle it.
func (r *reader) measuresOf(l *line, want counted) (measures []string, others string) {
	own := l.measure
	if own == "" {
		if _, bracket := layout.Bracketed(l.name); r.measures.Of(bracket).isMeasure() {
			own = bracket
		}
	}
	if own != "" {
		measures = append(measures, own)
	}
	of := r.measures.Of(own)
	for _, whole := range []string{l.table.counted, r.field(fieldMeasure).text} {
		c := r.measures.Of(whole)
		switch {
		case whole == "" || !c.isMeasure() && c.base != want.base:
		case c.base == "" || c.base == want.base && (own == "" || sameKind(of.base, want.base)) || own != "" && c.base == of.base:
			measures = append(measures, whole)
		case own == "" && c.isMultiple() && others == "":
			others = whole
		}
	}
	return measures, others
}

// doubt is a mismatch of a figure that is used.
func doubt(measure string, cell reading.Cell) finding.Finding {
	f := mismatch(measure, cell)
	f.Severity = finding.Warning
	return f
}

func mismatch(measure string, cell reading.Cell) finding.Finding {
	f := finding.New(finding.MeasureMismatch).With("found", measure)
	f.Raw = cell.Raw
	return f
}

// sameKind reports whether one measure is the other in more words, as "cơ sở
// Hội" is "cơ sở". "Lượt người" is not "người": one person may come several
// times.
func sameKind(a, b string) bool {
	short, long := strings.Fields(a), strings.Fields(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if slices.Contains(short, "luot") != slices.Contains(long, "luot") || len(short) == 0 {
		return false
	}
	return !slices.ContainsFunc(short, func(w string) bool { return !slices.Contains(long, w) })
}

// readScaled reads a number of one multiple as a number of another. The parts
// of a million are decimals, so type and bounds are those of the product.
func (r *reader) readScaled(cell reading.Cell, ind *catalogue.Indicator, measure string, have, want figure.Number) reading.Answer {
	typed := *ind
	typed.Type, typed.Min, typed.Max, typed.Measure = catalogue.Decimal, nil, nil, measure
	answer := reading.Read(cell, &typed, r.month)
	if !answer.Figure.Is(figure.Known) {
		return answer
	}
	n, _ := answer.Figure.Number()
	product, err := n.Mul(have).Quo(want)
	if err != nil { // no measure is a multiple by zero
		return answer
	}
	scaled := reading.Read(reading.Cell{Kind: reading.Number, Raw: product.String()}, ind, r.month)
	if exact, err := figure.Parse(product.String()); err != nil || !exact.Equal(product) {
		return reading.Answer{Figure: figure.Without(figure.Refused), Findings: []finding.Finding{mismatch(measure, cell)}}
	}
	note := finding.New(finding.ValueScaled).With("measure", measure)
	note.Read = product.String()
	scaled.Findings = append(append(answer.Findings, note), scaled.Findings...)
	for i := range scaled.Findings {
		scaled.Findings[i].Raw = cell.Raw
	}
	scaled.Remark = answer.Remark
	return scaled
}
