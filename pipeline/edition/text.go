package edition

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Text writes figures.json: that of a revision, or that of what would be published
// now. It can be asked again, and writes the same then.
type Text func(to io.Writer) error

// Decode reads figures.json.
func Decode(data []byte) (*Edition, error) {
	var read struct {
		Edition
		Ended []Figure `json:"ended"`
	}
	if err := json.Unmarshal(data, &read); err != nil {
		return nil, fmt.Errorf("read figures.json: %w", err)
	}
	e := &read.Edition
	e.Figures = append(e.Figures, read.Ended...)
	if e.Schema != Schema {
		return nil, fmt.Errorf("read figures.json: its schema is %q, not %s", e.Schema, Schema)
	}
	e.reindex()
	return e, nil
}

// Decode is Decode of a text, which need not be in memory as a whole.
func (t Text) Decode() (*Edition, error) {
	var whole side
	for b, err := range t.figures(&whole.rest) {
		if err == nil {
			err = whole.keep(b, block{})
		}
		if err != nil {
			return nil, err
		}
	}
	return whole.edition()
}

// Head reads figures.json without its figures and files: what it rests on. Of a
// large report that is a small part, and tells most often that the rest need not be
// looked at.
func (t Text) Head() (*Edition, error) {
	s := sieve{lists: []string{"figures", "ended", "submissions", "trends", "files", "findings"}}
	if err := t(&s); err != nil {
		return nil, err
	}
	return Decode(s.rest)
}

// figures gives the figures of a text, those of an indicator over a span at a time,
// and what else it says but for submissions, trends and findings. They are in memory
// only as long as they are looked at.
func (t Text) figures(rest *[]byte) iter.Seq2[block, error] {
	return func(yield func(block, error) bool) {
		var now block
		s := sieve{lists: []string{"figures", "ended", "submissions", "trends", "findings"}}
		s.item = func(list string, item []byte) error {
			if list != "figures" && list != "ended" {
				return nil
			}
			if key := blockKey(list, item); key != now.key {
				if now.key != "" && !yield(now, nil) {
					return errStopped
				}
				now = block{key: key}
			}
			now.lines = append(append(now.lines, item...), '\n')
			return nil
		}
		err := t(&s)
		*rest = s.rest
		switch {
		case errors.Is(err, errStopped):
		case err != nil:
			yield(block{}, err)
		case now.key != "":
			yield(now, nil)
		}
	}
}

var errStopped = errors.New("nobody reads on")

// block are the figures of an indicator over a span: of the city, its groups and
// its units, each a line of JSON.
type block struct {
	key   string
	lines []byte
}

// blockKey tells blocks apart. A quotation mark within a JSON string is escaped, so
// that the names of fields stand where they seem to.
func blockKey(list string, item []byte) string {
	indicator, rest, _ := bytes.Cut(item, []byte(`,"unit":`))
	_, span, _ := bytes.Cut(rest, []byte(`,"span":"`))
	span, _, _ = bytes.Cut(span, []byte(`"`))
	return list + string(indicator) + string(span)
}

// ofUnit reports whether a line is a unit's figure; it is the city's or a group's
// else.
func ofUnit(line []byte) bool {
	_, unit, _ := bytes.Cut(line, []byte(`,"unit":`))
	return bytes.HasPrefix(unit, []byte(`"`))
}

// sieve takes in a figures.json as it is written. The items of some lists, of which
// package export wrote each on a line of its own, beginning with a space, go to
// item; all else is kept. A line's break cannot stand within a JSON string. What is
// laid out otherwise is kept, too.
type sieve struct {
	lists []string
	item  func(list string, item []byte) error // nil drops it
	rest  []byte

	list string // the one whose items come
	line []byte // as far as it has come
}

func (s *sieve) Write(data []byte) (int, error) {
	for rest := data; ; {
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		if !ended {
			s.line = append(s.line, line...)
			return len(data), nil
		}
		if len(s.line) > 0 {
			s.line = append(s.line, line...)
			line = s.line
		}
		if err := s.take(line); err != nil {
			return 0, err
		}
		s.line, rest = s.line[:0], after
	}
}

func (s *sieve) take(line []byte) error {
	if s.list == "" {
		s.rest = append(append(s.rest, line...), '\n')
		for _, list := range s.lists {
			if string(line) == `"`+list+`": [` {
				s.list = list
			}
		}
		return nil
	}
	list := s.list
	item, more := bytes.CutSuffix(line, []byte(","))
	if inner, last := bytes.CutSuffix(item, []byte("]")); last {
		s.rest = append(append(s.rest, line[len(inner):]...), '\n')
		item, s.list = inner, ""
	} else if !more {
		return fmt.Errorf("read figures.json: the list %q breaks off", list)
	}
	if s.item == nil {
		return nil
	}
	return s.item(list, bytes.TrimPrefix(item, []byte(" ")))
}
