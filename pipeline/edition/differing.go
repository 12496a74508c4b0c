package edition

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
)

// Differing reads two editions of a period without what tells nothing of how they
// differ: the figures of units that both give word for word. Those of units whose
// reports are others in the two are there, for a figure that did not change is no
// cause of another's change. Compare tells the same of the two as of the whole.
func Differing(older, newer Text) (was, now *Edition, err error) {
	var p pairing
	if err := p.walk(older, newer); err != nil {
		return nil, nil, err
	}
	if was, err = p[0].edition(); err != nil {
		return nil, nil, err
	}
	if now, err = p[1].edition(); err != nil {
		return nil, nil, err
	}
	if was.Basis == nil || now.Basis == nil {
		return was, now, nil // nobody knows whose reports are others
	}
	return was, now, keepAlike(older, events(was, now), was, now)
}

// keepAlike puts back what both editions give word for word of some units.
func keepAlike(from Text, units map[string][]event, was, now *Edition) error {
	if len(units) == 0 {
		return nil
	}
	var rest []byte
	for b, err := range from.figures(&rest) {
		if err != nil {
			return err
		}
		for line := range bytes.Lines(b.lines) {
			f, err := decodeFigure(line)
			if err != nil {
				return err
			}
			if units[f.Unit] != nil && was.Find(f.Key) == nil && now.Find(f.Key) == nil {
				was.Figures, now.Figures = append(was.Figures, f), append(now.Figures, f)
			}
		}
	}
	was.reindex()
	now.reindex()
	return nil
}

// pairing walks the older and the newer edition side by side, a block of each at a
// time. Both have them in the same order but where the definitions changed.
type pairing [2]side

// side is one edition as far as it was walked.
type side struct {
	rest    []byte  // all but its figures
	waiting []block // for the other edition's
	figures []Figure
}

func (p *pairing) walk(texts ...Text) error {
	var next [len(p)]func() (block, error, bool)
	for i := range p {
		var stop func()
		next[i], stop = iter.Pull2(texts[i].figures(&p[i].rest))
		defer stop()
	}
	for more := true; more; {
		more = false
		for i := range p {
			b, err, ok := next[i]()
			if err == nil && ok {
				err = p.meet(i, b)
			}
			if err != nil {
				return err
			}
			more = more || ok
		}
	}
	for i := range p {
		for _, b := range p[i].waiting {
			if err := p[i].keep(b, block{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// meet holds a block against the other edition's, or lets it wait for that.
func (p *pairing) meet(i int, b block) error {
	other := &p[1-i]
	at := slices.IndexFunc(other.waiting, func(w block) bool { return w.key == b.key })
	if at < 0 {
		p[i].waiting = append(p[i].waiting, b)
		return nil
	}
	its := other.waiting[at]
	other.waiting = slices.Delete(other.waiting, at, at+1)
	if err := p[i].keep(b, its); err != nil {
		return err
	}
	return other.keep(its, b)
}

// keep takes the figures of a block but those of units that the other edition gives
// word for word.
func (s *side) keep(own, other block) error {
	same := bytes.Equal(own.lines, other.lines)
	given := map[string]bool{}
	if !same {
		for line := range bytes.Lines(other.lines) {
			given[string(line)] = true
		}
	}
	for line := range bytes.Lines(own.lines) {
		if ofUnit(line) && (same || given[string(line)]) {
			continue
		}
		f, err := decodeFigure(line)
		if err != nil {
			return err
		}
		s.figures = append(s.figures, f)
	}
	return nil
}

func (s *side) edition() (*Edition, error) {
	e, err := Decode(s.rest)
	if err != nil {
		return nil, err
	}
	e.Figures = append(e.Figures, s.figures...)
	e.reindex()
	return e, nil
}

func decodeFigure(line []byte) (f Figure, err error) {
	if err := json.Unmarshal(line, &f); err != nil {
		return f, fmt.Errorf("read figures.json: %w", err)
	}
	return f, nil
}
