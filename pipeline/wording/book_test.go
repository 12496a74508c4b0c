package wording

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/templates"
)

// shipped loads the tables that are embedded in the program.
func shipped(t *testing.T) *Book {
	t.Helper()
	book, err := Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestSay(t *testing.T) {
	book := shipped(t)
	june := period.Month{Year: 2025, Number: time.June}
	for _, c := range []struct {
		got, want string
	}{
		{book.In(Vietnamese).Say("status.accepted"), "Đã nhận"},
		{book.In(English).Say("status.accepted"), "Received"},
		{book.In("fr").Say("status.accepted"), "Đã nhận"},
		{book.In(Vietnamese).Say("units.count", "n", 12345), "12.345 đơn vị"},
		{book.In(English).Say("units.count", "n", 12345), "12,345 units"},
		{book.In(English).Say("units.count", "n", 1), "1 unit"},
		{book.In(Vietnamese).Say("window", "from", period.Date{Year: 2025, Month: time.May, Day: 15}, "to", period.Date{Year: 2025, Month: time.June, Day: 14}), "từ 15/5/2025 đến 14/6/2025"},
		{book.In(English).Say("coverage.uncovered", "from", june), "cumulative only from June 2025"},
		{book.In(Vietnamese).Say("no.such.key"), "⟦no.such.key⟧"},
		{book.In(Vietnamese).Say("units.count"), "⟦n⟧ đơn vị"},
		{book.In(Vietnamese).Number(figure.MustParse("1234.55"), 1), "1.234,6"},
		{book.In(English).Number(figure.MustParse("1234.55"), 1), "1,234.6"},
		{book.In(English).Percent(figure.MustParse("82.905"), 2), "82.91%"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// TestPhrasesReadWell renders every phrase with all facts and with none of the
// optional ones.
func TestPhrasesReadWell(t *testing.T) {
	book := shipped(t)
	for _, l := range Languages {
		for key, s := range book.phrases[l] {
			required := s.required()
			for name, facts := range map[string][]string{"all": s.fields(), "required": required} {
				var pairs []string
				for _, f := range facts {
					pairs = append(pairs, f, "7")
				}
				readsWell(t, key+" "+string(l)+" with "+name, s.render(with(pairs...)))
			}
		}
	}
}

// readsWell checks what any sentence must be.
func readsWell(t *testing.T, what, text string) {
	t.Helper()
	// A space before a stop is wrong, but before ".xlsx" it is right.
	for _, bad := range []string{"  ", "⟦", "⟧", " . ", " ,", " ;", "..", "()", "“”", ",.", ";.", "{", "}"} {
		if strings.Contains(text, bad) {
			t.Errorf("%s: %q contains %q", what, text, bad)
		}
	}
	if strings.HasSuffix(text, " .") {
		t.Errorf("%s: %q ends in a space and a stop", what, text)
	}
	if text == "" || text != strings.TrimSpace(text) {
		t.Errorf("%s: %q is empty or has spaces at its ends", what, text)
	}
	if !norm.NFC.IsNormalString(text) {
		t.Errorf("%s: %q is not NFC", what, text)
	}
	for _, pair := range []string{"()", "“”", "[]"} {
		runes := []rune(pair)
		if strings.Count(text, string(runes[0])) != strings.Count(text, string(runes[1])) {
			t.Errorf("%s: %q has %s that do not match", what, text, pair)
		}
	}
	if strings.Contains(text, "từ chối") {
		t.Errorf("%s: %q says that something is refused; units are asked, not refused", what, text)
	}
}

// TestSheetNames keeps names within what Excel allows.
func TestSheetNames(t *testing.T) {
	book := shipped(t)
	for _, l := range Languages {
		seen := map[string]string{}
		for _, key := range book.Keys("sheet.") {
			name := book.In(l).Say(key)
			if n := len([]rune(name)); n > 31 || strings.ContainsAny(name, `[]:*?/\'`) {
				t.Errorf("%s %s: %q (%d letters) cannot name a sheet", key, l, name, n)
			}
			if other, ok := seen[strings.ToLower(name)]; ok {
				t.Errorf("%s and %s both name a sheet %q", key, other, name)
			}
			seen[strings.ToLower(name)] = key
		}
	}
}

// TestLoadNamesEveryFault breaks the shipped tables and looks for the place in
// the error.
func TestLoadNamesEveryFault(t *testing.T) {
	phrases, err := os.ReadFile("../../templates/wording/phrases.csv")
	if err != nil {
		t.Fatal(err)
	}
	findings, err := os.ReadFile("../../templates/wording/findings.csv")
	if err != nil {
		t.Fatal(err)
	}
	header, _, _ := strings.Cut(string(findings), "\n")
	row := func(code, message string) string {
		return "\n" + code + ",a,a," + message + "," + message + ",a,a,a,a\n"
	}
	for name, c := range map[string]struct {
		phrases, findings string
		want              []string
	}{
		"two faults at once": {"key,vi,en\na.b,{x,{x}\nc.d,,d\n", string(findings),
			[]string{"phrases.csv:2: vi:", "never closed", "phrases.csv:3: vi: is empty"}},
		"other fields in English": {"key,vi,en\na.b,{x},{y}\n", string(findings), []string{"phrases.csv:2: en:"}},
		"key twice":               {"key,vi,en\na.b,1,1\na.b,2,2\n", string(findings), []string{"phrases.csv:3: key:", "twice"}},
		"wrong header":            {"key,en,vi\n", string(findings), []string{"phrases.csv:1:", "key,vi,en"}},
		"a code missing":          {string(phrases), header + "\n", []string{"no row for number-not-whole"}},
		"an unknown code":         {string(phrases), header + row("no-such-code", "a"), []string{"findings.csv:2: code:", "no-such-code"}},
		"an unknown argument": {string(phrases), header + row("number-not-whole", "{arg:limit}"),
			[]string{"findings.csv:2:", "{arg:limit}", "number-not-whole"}},
		"a cell over two lines": {"key,vi,en\na.b,\"1\n2\",1\nc.d,],1\n", string(findings), []string{"phrases.csv:4: vi:"}},
	} {
		_, err := Load(fstest.MapFS{phrasesTable: {Data: []byte(c.phrases)}, findingsTable: {Data: []byte(c.findings)}})
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: want %q in the error, got: %v", name, want, err)
			}
		}
	}
	// A byte order mark, as Excel writes one, does no harm.
	bom := fstest.MapFS{phrasesTable: {Data: append([]byte("\ufeff"), phrases...)}, findingsTable: {Data: findings}}
	for _, l := range Languages {
		bom[fmt.Sprintf(paragraphsTable, l)] = &fstest.MapFile{Data: []byte("\ufeff{{.Name}}")}
	}
	if _, err := Load(bom); err != nil {
		t.Errorf("with a byte order mark: %v", err)
	}
}
