package wording

import (
	"strings"
	"testing"
)

// with gives a lookup over pairs of names and values.
func with(pairs ...string) lookup {
	return func(field string) (string, bool) {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == field {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

func TestRender(t *testing.T) {
	for _, c := range []struct {
		source string
		facts  []string
		want   string
	}{
		{"Ô {cell} ghi “{raw}”.", []string{"cell", "E14", "raw", "12,5"}, "Ô E14 ghi “12,5”."},
		{"Đề nghị nhập lại[, ví dụ {want}].", []string{"want", "12"}, "Đề nghị nhập lại, ví dụ 12."},
		{"Đề nghị nhập lại[, ví dụ {want}].", []string{"want", ""}, "Đề nghị nhập lại."},
		{"Đề nghị nhập lại[, ví dụ {want}].", nil, "Đề nghị nhập lại."},
		{"[Ô {cell}|Biểu] trống", []string{"cell", "B2"}, "Ô B2 trống"},
		{"[Ô {cell}|Biểu] trống", nil, "Biểu trống"},
		{"[{a} của {b}|không rõ]", []string{"a", "1", "b", ""}, "không rõ"},
		{"{n} {n#unit|units}", []string{"n", "1"}, "1 unit"},
		{"{n} {n#unit|units}", []string{"n", "21"}, "21 units"},
		{"{{x}} [[y]]", nil, "{x} [y]"},
		{"thiếu {gone}", nil, "thiếu ⟦gone⟧"},
		{"{raw}", []string{"raw", "{cell} [x]"}, "{cell} [x]"}, // facts are never templates
	} {
		s, err := parse(c.source)
		if err != nil {
			t.Errorf("parse %q: %v", c.source, err)
			continue
		}
		if got := s.render(with(c.facts...)); got != c.want {
			t.Errorf("%q with %v: got %q, want %q", c.source, c.facts, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for source, want := range map[string]string{
		"{cell":          "never closed",
		"cell}":          "opening bracket",
		"[ {cell}":       "never closed",
		"x]":             "opening bracket",
		"[a [b {c}] ]":   "inside another",
		"[no field]":     "without a field",
		"[{a}|b|c]":      "more than one |",
		"{Ô}":            "not a name",
		"{}":             "not a name",
		"{n#only}":       "two words",
		"{arg:}":         "not a name",
		"[x|{only_else}": "never closed",
	} {
		if _, err := parse(source); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("parse %q: got error %v, want one about %q", source, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "Ô {cell}", "[Ô {cell}|Biểu]", "{n#a|b}", "{{[[]]}}", "[", "[|", "{", "[{a}|"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		s, err := parse(source)
		if err != nil {
			return
		}
		// A sentence whose facts are all given shows no gap.
		got := s.render(func(string) (string, bool) { return "1", true })
		if strings.Contains(got, "⟦") && !strings.Contains(source, "⟦") {
			t.Errorf("%q renders %q", source, got)
		}
		// Text without brackets is itself.
		if !strings.ContainsAny(source, "{}[]") && got != source {
			t.Errorf("%q renders %q", source, got)
		}
		// Escaped, any text is itself.
		escaped := strings.NewReplacer("{", "{{", "}", "}}", "[", "[[", "]", "]]").Replace(source)
		if e, err := parse(escaped); err != nil || e.render(with()) != source {
			t.Errorf("%q escaped does not come back: %v", source, err)
		}
	})
}
