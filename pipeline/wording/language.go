package wording

import "fmt"

// Language is one in which every sentence exists.
type Language string

// The languages. Vietnamese is what the office and the units read; English is
// its twin for administrators and maintainers.
const (
	Vietnamese Language = "vi"
	English    Language = "en"
)

// Languages lists them, the first being the default.
var Languages = []Language{Vietnamese, English}

// ParseLanguage reads "vi" or "en".
func ParseLanguage(s string) (Language, error) {
	for _, l := range Languages {
		if s == string(l) {
			return l, nil
		}
	}
	return "", fmt.Errorf("language %q: want vi or en", s)
}
