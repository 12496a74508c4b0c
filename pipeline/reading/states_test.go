package reading

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline/vietnamese"
)

// Errors have names, and a result that is not stored is not computed.
func TestFormulasAndBooleans(t *testing.T) {
	table(t, `
		#REF!     | count | refused | formula-error error=#REF!
		#DIV/0!   | rate  | refused | formula-error error=#DIV/0!
		#N/A      | prose | refused | formula-error error=#N/A
		=         | count | refused | formula-without-value
		=         | prose | refused | formula-without-value
		=41       | count | 41
		          | count | blank
		"#REF!"   | count | refused | formula-error error=#REF!
		"#n/a"    | count | refused | formula-error error=#n/a
		"Err:502" | money | refused | formula-error error=Err:502
		"=5+7"    | count | refused | number-unreadable
		"####"    | count | refused | number-unreadable
		TRUE      | count | refused | number-unreadable
		FALSE     | count | refused | number-unreadable
	`)
}

// Words and marks for a state; what stands for two of them is asked about.
func TestStates(t *testing.T) {
	table(t, `
		""                            | count    | blank
		" \u00a0\u200b\u202f"         | count    | blank
		"-"                           | count    | none
		" – "                         | count    | none
		"—"                           | count    | none
		"---"                         | count    | none
		"- -"                         | count    | none
		"KPS"                         | count    | none
		"k.p.s."                      | count    | none
		"Không"                       | count    | none
		"không có"                    | count    | none
		"KHÔNG PHÁT SINH"             | count    | none
		"khong phat sinh"             | count    | none
		"Kho\u0302ng pha\u0301t sinh" | count    | none
		"- Không phát sinh."          | count    | none
		"(không)"                     | count    | none
		"0 phát sinh"                 | count    | none
		"chưa phát sinh"              | count    | none
		"-"                           | stock    | refused       | none-in-stock
		"không có"                    | stock    | refused       | none-in-stock
		"0 phát sinh"                 | stock    | refused       | none-in-stock
		"-"                           | rate     | refused       | none-in-stock
		"…"                           | count    | not_available
		"..."                         | count    | not_available
		".."                          | count    | not_available
		"……"                          | count    | not_available
		". . ."                       | stock    | not_available
		"chưa có số liệu"             | stock    | not_available
		"chưa tổng hợp"               | count    | not_available
		"đang tổng hợp"               | count    | not_available
		"Không áp dụng"               | count na | not_applicable
		"KAD"                         | count na | not_applicable
		"KAD"                         | count    | not_available | not-applicable-refused
		"không áp dụng"               | stock    | not_available | not-applicable-refused
		"N/A"                         | count na | refused       | mark-ambiguous
		"NA"                          | count na | refused       | mark-ambiguous
		"n.a."                        | count na | refused       | mark-ambiguous
		"x"                           | count    | refused       | mark-ambiguous
		"?"                           | count    | refused       | mark-ambiguous
		"???"                         | count    | refused       | mark-ambiguous
		"không?"                      | count    | refused       | mark-ambiguous
		"/"                           | count    | refused       | mark-ambiguous
		"."                           | count    | refused       | mark-ambiguous
		"___"                         | count    | refused       | mark-ambiguous
		"✓"                           | count    | refused       | mark-ambiguous
		"có"                          | count    | refused       | mark-ambiguous
		"chưa có"                     | count    | refused       | mark-ambiguous
		"không có số liệu"            | count    | refused       | mark-ambiguous
		"không thực hiện"             | count    | refused       | mark-ambiguous
		"không/có"                    | count    | refused       | number-unreadable
		"không - có"                  | count    | refused       | number-unreadable
		"không, chưa tổng hợp"        | count    | refused       | number-unreadable
		"nhiều"                       | stock    | refused       | number-unreadable
	`)
}

// What is chosen, answered or told.
func TestChoices(t *testing.T) {
	table(t, `
		"Ðang  triển khai" | choice | "đang triển khai"
		"HOAN THANH"       | choice | "hoàn thành"
		"xong"             | choice | refused       | choice-unknown
		"…"                | choice | not_available
		"-"                | choice | refused       | choice-unknown
		"không áp dụng"    | choice | not_available | not-applicable-refused
		                   | choice | blank
		" "                | choice | blank
		3                  | choice | refused       | choice-unknown
		"có"               | yesno  | "có"
		"X"                | yesno  | "có"
		"✓"                | yesno  | "có"
		TRUE               | yesno  | "có"
		0                  | yesno  | "không"
		"Không"            | yesno  | "không"
		"✗"                | yesno  | refused       | choice-unknown
		"chưa có số liệu"  | yesno  | not_available
		"?"                | yesno  | refused       | choice-unknown
		"  Làm tốt "       | prose  | "Làm tốt"
		"-"                | prose  | "-"
		date 45789         | prose  | "12/5/2025"
		12                 | prose  | "12"
	`)
}

// promised are the words that the design and the form's guide name.
var promised = map[meaning][]string{
	none:          {"-", "–", "—", "KPS", "không", "không có", "không phát sinh", "0 phát sinh"},
	notApplicable: {"không áp dụng", "KAD"},
	notAvailable:  {"…", "...", "chưa có số liệu", "chưa tổng hợp"},
	asked:         {"N/A", "NA", "x", "X", "?", "chưa có", "không có số liệu"},
}

// A word means the same in capitals, decomposed, without diacritics, with a
// bullet, brackets or a full stop, and with more spaces.
func TestWordsInEverySpelling(t *testing.T) {
	for want, all := range promised {
		for _, word := range all {
			spellings := []string{
				word, strings.ToUpper(word), strings.ToLower(word), norm.NFD.String(word), " \u00a0" + word + "\u200b ",
				strings.ReplaceAll(word, " ", "  "), strings.ReplaceAll(word, " ", "\u00a0"), "'" + word,
			}
			if key := vietnamese.Fold(word); strings.ContainsRune(word, ' ') {
				spellings = append(spellings, key, "- "+word, word+".", "("+word+")", "“"+word+"”")
			}
			for _, spelling := range spellings {
				a := Read(Cell{Kind: Text, Raw: spelling}, indicators["count na"], june)
				if got := a.Figure.State(); got != want.state() || want == asked != (len(a.Findings) == 1) {
					t.Errorf("%q is %s with %v, want the state of %q", spelling, got, a.Findings, word)
				}
			}
		}
	}
	for key := range words {
		if key != vietnamese.Fold(key) {
			t.Errorf("%q is not folded and never found", key)
		}
	}
}
