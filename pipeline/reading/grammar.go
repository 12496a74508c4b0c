package reading

import (
	"math/big"
	"regexp"
	"strings"
	"unicode"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
)

// states are the words that stand for a state, folded. A dash of any kind is
// read as "none" before folding, which drops punctuation.
var states = map[string]figure.State{
	"kps":             figure.None,
	"khong phat sinh": figure.None,
	"khong co":        figure.None,
	"khong ap dung":   figure.NotApplicable,
	"kad":             figure.NotApplicable,
	"chua co so lieu": figure.NotAvailable,
}

var signs = map[string]figure.State{
	"-": figure.None, "–": figure.None, "—": figure.None, "−": figure.None,
	"…": figure.NotAvailable, "...": figure.NotAvailable, "....": figure.NotAvailable, "..": figure.NotAvailable,
}

func state(text string) (figure.State, bool) {
	if s, ok := signs[text]; ok {
		return s, true
	}
	s, ok := states[vietnamese.Fold(text)]
	return s, ok
}

// tidy drops what a clerk cannot see: spaces of every kind at the ends, format
// characters, decomposed letters.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, vietnamese.NFC(s))
	return strings.TrimFunc(s, unicode.IsSpace)
}

var (
	plainDigits  = regexp.MustCompile(`^-?[0-9]{1,18}$`)
	pointGroups  = regexp.MustCompile(`^-?[1-9][0-9]{0,2}(\.[0-9]{3})+$`)
	commaDecimal = regexp.MustCompile(`^-?[0-9]{1,15},[0-9]{1,6}$`)
	threeAfter   = regexp.MustCompile(`^-?[1-9][0-9]{0,2},[0-9]{3}$`)
)

// parse reads a number typed as text, as Vietnamese offices write them: a
// point groups thousands, a comma begins the decimals. What can be read in two
// ways is asked about.
func parse(text string, ind *catalogue.Indicator) (figure.Number, *finding.Finding) {
	switch {
	case len(text) > 32:
	case plainDigits.MatchString(text):
		return figure.MustParse(text), nil
	case pointGroups.MatchString(text):
		whole := figure.MustParse(strings.ReplaceAll(text, ".", ""))
		if ind.Type == catalogue.Whole {
			return whole, nil
		}
		// In a rate 1.200 may be twelve hundred or one point two.
		if strings.Count(text, ".") == 1 {
			return figure.Number{}, ambiguous(whole, figure.MustParse(text))
		}
		return whole, nil
	case threeAfter.MatchString(text):
		// 15,000 may be fifteen thousand, written the English way, or fifteen.
		return figure.Number{}, ambiguous(
			figure.MustParse(strings.Replace(text, ",", "", 1)), figure.MustParse(strings.Replace(text, ",", ".", 1)))
	case commaDecimal.MatchString(text):
		return figure.MustParse(strings.Replace(text, ",", ".", 1)), nil
	}
	f := finding.New(finding.NumberUnreadable)
	return figure.Number{}, &f
}

func ambiguous(one, other figure.Number) *finding.Finding {
	f := finding.New(finding.NumberAmbiguous).
		With("one", one.String()).With("other", other.String())
	return &f
}

var storedNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$`)

// significantDigits is what a spreadsheet keeps and shows of a binary double;
// beyond them lies the noise of its arithmetic, as in 0.30000000000000004.
const significantDigits = 15

// stored reads a number as the workbook holds it, to its 15 significant
// digits.
func stored(raw string) (figure.Number, bool) {
	raw = strings.TrimSpace(raw)
	if !storedNumber.MatchString(raw) || len(raw) > 64 {
		return figure.Number{}, false
	}
	r, ok := new(big.Rat).SetString(raw)
	if !ok {
		return figure.Number{}, false
	}
	n := figure.FromRat(r)
	magnitude := 0 // digits before the point, or minus the zeros after it
	for limit := figure.Int(1); abs(n).Cmp(limit) >= 0; limit = limit.Mul(figure.Int(10)) {
		if magnitude++; magnitude > significantDigits {
			return figure.Number{}, false // no count of people has 16 digits
		}
	}
	return n.Round(significantDigits - magnitude), true
}

func abs(n figure.Number) figure.Number {
	if n.Sign() < 0 {
		return n.Neg()
	}
	return n
}
