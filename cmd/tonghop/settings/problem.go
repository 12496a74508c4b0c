package settings

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"tonghop/pipeline/wording"
)

// MissingError says that the named file of settings is not there.
type MissingError struct{ File string }

func (e *MissingError) Error() string { return "no file of settings " + e.File }

// InvalidError says that settings cannot be worked by, and why.
type InvalidError struct {
	File     string
	problems []problem // never none
}

func (e *InvalidError) Error() string {
	return fmt.Sprintf("%s: %d wrong settings", e.File, len(e.problems))
}

// problem is one thing that is wrong with the settings.
type problem struct {
	line    int
	setting string // "report.margins.left"; empty where it is about none
	err     error
}

// worded is an error that knows its sentence: the key of a phrase and its facts.
type worded interface {
	error
	Words() (key string, facts []any)
}

// unfit is why a setting cannot be, told by a phrase.
type unfit struct {
	key   string
	facts []any
}

// unfitFor is the reason of a phrase. Facts are as they are written in the file:
// texts, so that a number keeps its decimal point and is not grouped.
func unfitFor(key string, facts ...any) error { return &unfit{key, facts} }

func (u *unfit) Error() string { return u.key }

// Words implements worded.
func (u *unfit) Words() (string, []any) { return u.key, u.facts }

// Tell says what is wrong, a line each with its place, such as "tonghop.yaml:3: …",
// in the order of the file. What a library says has no sentence of ours and stands
// as it is.
func (e *InvalidError) Tell(say wording.Phrases) []string {
	problems := slices.SortedStableFunc(slices.Values(e.problems), func(a, b problem) int { return cmp.Compare(a.line, b.line) })
	lines := make([]string, len(problems))
	for i, p := range problems {
		message := p.err.Error()
		if w := worded(nil); errors.As(p.err, &w) {
			key, facts := w.Words()
			message = say.Say(key, facts...)
		}
		if p.setting != "" {
			message = p.setting + ": " + message
		}
		lines[i] = e.File + ":" + strconv.Itoa(p.line) + ": " + message
	}
	return lines
}

// wrongAt notes errors with the line of the setting that they are about.
func wrongAt(doc *yaml.Node, problems *[]problem) func(err error, path ...string) {
	return func(err error, path ...string) {
		if err != nil {
			*problems = append(*problems, problem{line(doc, path...), strings.Join(path, "."), err})
		}
	}
}

// oneOf refuses a word that is none of those there are.
func oneOf[Word ~string](given Word, words ...Word) error {
	if slices.Contains(words, given) {
		return nil
	}
	names := make([]string, len(words))
	for i, w := range words {
		names[i] = string(w)
	}
	return unfitFor("setting.one_of", "given", string(given), "words", strings.Join(names, ", "))
}

// between refuses a number that is out of bounds; key is the phrase that says what
// is counted.
func between(key string, given, least, most int) error {
	if given >= least && given <= most {
		return nil
	}
	return unfitFor(key, "given", strconv.Itoa(given), "least", strconv.Itoa(least), "most", strconv.Itoa(most))
}
