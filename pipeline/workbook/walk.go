package workbook

// root goes to the root element, which must be the one named.
func (s *scanner) root(space space, local string) error {
	for {
		switch s.next() {
		case startTag:
			if s.space != space || string(s.local) != local {
				return damaged(s.part, int64(s.pos), "the part's root element is %q, not %q", s.local, local)
			}
			return nil
		case failed:
			return s.err
		}
	}
}

// finish asks that nothing follows the root element.
func (s *scanner) finish() error {
	if s.next() == endOfPart {
		return nil
	}
	return s.err // outside the root only the end or a failure can come
}

// children calls visit at the start tag of each child of the element just
// opened, and consumes that element's end tag. visit must consume the child by
// children, content or skip. Text between the children is refused: some
// readers would take it for a value.
func (s *scanner) children(visit func() error) error {
	for {
		switch s.next() {
		case startTag:
			if err := visit(); err != nil {
				return err
			}
		case charData:
			if !isBlank(s.raw) {
				return damaged(s.part, int64(s.pos), "text between elements")
			}
		case endTag:
			return nil
		default:
			return s.err
		}
	}
}

// skip consumes the element just opened, with all it holds.
func (s *scanner) skip() error {
	for depth := 1; depth > 0; {
		switch s.next() {
		case startTag:
			depth++
		case endTag:
			depth--
		case failed:
			return s.err
		}
	}
	return nil
}

// content consumes the element just opened and gives its text, which is valid
// until the next call. Elements and comments within are refused: readers do not
// agree on what the text then is.
func (s *scanner) content() ([]byte, error) {
	var text []byte
	asides := s.asides
	for pieces := 0; ; pieces++ {
		switch s.next() {
		case charData:
			switch {
			case pieces == 0 && !s.decode:
				text = s.raw
				continue
			case pieces == 0:
				s.scratch = s.scratch[:0]
			case pieces == 1:
				s.scratch = append(s.scratch[:0], text...)
			}
			if s.decode {
				s.scratch = appendDecoded(s.scratch, s.raw, '\n', '\t')
			} else {
				s.scratch = append(s.scratch, s.raw...)
			}
			text = s.scratch
		case endTag:
			if s.asides != asides {
				return nil, damaged(s.part, int64(s.pos), "a comment within a text")
			}
			return text, nil
		case startTag:
			return nil, damaged(s.part, int64(s.pos), "an element %q within a text", s.local)
		default:
			return nil, s.err
		}
	}
}

// attr gives an attribute of the element just opened that has no namespace.
func (s *scanner) attr(local string) (value []byte, ok bool) {
	return s.attrIn(spaceNone, local)
}

func (s *scanner) attrIn(space space, local string) (value []byte, ok bool) {
	for i := range s.attrs {
		if s.attrs[i].space == space && string(s.attrs[i].local) == local {
			return s.attrs[i].value(), true
		}
	}
	return nil, false
}

// attrText gives an attribute as a string, "" if it is absent.
func (s *scanner) attrText(local string) string {
	value, _ := s.attr(local)
	return string(value)
}

// flag reads a boolean attribute that is false when absent.
func (s *scanner) flag(local string) (bool, error) {
	value, _ := s.attr(local)
	switch string(value) {
	case "", "0", "false":
		return false, nil
	case "1", "true":
		return true, nil
	}
	return false, damaged(s.part, int64(s.pos), "the attribute %q is %q, neither true nor false", local, value)
}

// number reads an attribute that is a small whole number, absent when it is
// missing or empty.
func (s *scanner) number(local string, absent int) (int, error) {
	value, _ := s.attr(local)
	if len(value) == 0 {
		return absent, nil
	}
	if n, ok := parseWhole(value); ok {
		return n, nil
	}
	return 0, damaged(s.part, int64(s.pos), "the attribute %q is %q, not a whole number", local, value)
}

// parseWhole reads up to nine digits.
func parseWhole(b []byte) (n int, ok bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
