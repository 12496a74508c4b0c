package workbook

import "bytes"

// space is a namespace. The transitional and the strict form of a namespace
// are the same one here: the elements this package reads are equal in both.
type space int

const (
	spaceNone space = iota
	spaceXML
	spaceXMLNS
	spaceMain          // SpreadsheetML
	spaceRelations     // r:id
	spacePackageRels   // the .rels parts
	spaceContentTypes  // [Content_Types].xml
	spaceCoreTerms     // dcterms in the core properties
	spaceCompatibility // mc:AlternateContent
	spaceUnknown       // this and above: others, numbered as they come
)

var knownSpaces = map[string]space{
	"http://www.w3.org/XML/1998/namespace":                                spaceXML,
	"http://www.w3.org/2000/xmlns/":                                       spaceXMLNS,
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":           spaceMain,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                       spaceMain,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships": spaceRelations,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":             spaceRelations,
	"http://schemas.openxmlformats.org/package/2006/relationships":        spacePackageRels,
	"http://schemas.openxmlformats.org/package/2006/content-types":        spaceContentTypes,
	"http://purl.org/dc/terms/":                                           spaceCoreTerms,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":         spaceCompatibility,
}

// binding says what a prefix means from its element on.
type binding struct {
	prefix []byte
	space  space
}

// declare takes in the namespace declarations among the attributes.
func (s *scanner) declare() bool {
	for i := range s.attrs {
		attr := &s.attrs[i]
		prefix, isPrefixed := bytes.CutPrefix(attr.name, []byte("xmlns:"))
		if !isPrefixed {
			if string(attr.name) != "xmlns" {
				continue
			}
			prefix = nil
		}
		attr.space = spaceXMLNS
		if isPrefixed {
			attr.local = prefix
		}
		bound, ok := s.spaceOf(attr.value())
		reserved := string(prefix) == "xmlns" || bound == spaceXMLNS || (string(prefix) == "xml") != (bound == spaceXML)
		if !ok || reserved || isPrefixed && (len(prefix) == 0 || class[prefix[0]]&nameStart == 0 || bound == spaceNone) || bytes.IndexByte(prefix, ':') >= 0 {
			s.fail("the declaration %q cannot be", attr.name)
			return false
		}
		if !isPrefixed {
			s.unprefixed = bound
			continue
		}
		if len(s.bindings) == maxBindings {
			s.fail("more than %d namespaces declared", maxBindings)
			return false
		}
		s.bindings = append(s.bindings, binding{prefix: prefix, space: bound})
	}
	return true
}

// spaceOf numbers a namespace. ok is false if a part has more than any needs.
func (s *scanner) spaceOf(uri []byte) (number space, ok bool) {
	if len(uri) == 0 {
		return spaceNone, true
	}
	if known, ok := knownSpaces[string(uri)]; ok {
		return known, true
	}
	for i := range s.uris {
		if bytes.Equal(s.uris[i], uri) {
			return spaceUnknown + space(i), true
		}
	}
	if len(s.uris) == maxBindings {
		return 0, false
	}
	s.uris = append(s.uris, uri)
	return spaceUnknown + space(len(s.uris)-1), true
}

// lookup gives what a prefix means here.
func (s *scanner) lookup(prefix []byte) (space, bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if bytes.Equal(s.bindings[i].prefix, prefix) {
			return s.bindings[i].space, true
		}
	}
	return spaceXML, string(prefix) == "xml"
}

// resolveAttributes takes in the declarations, gives the attributes with a
// prefix their namespaces and sees that none stands twice under two prefixes.
// An attribute without a prefix is in no namespace.
func (s *scanner) resolveAttributes() bool {
	if !s.declare() {
		return false
	}
	for i := range s.attrs {
		attr := &s.attrs[i]
		if attr.space == spaceXMLNS || bytes.IndexByte(attr.name, ':') < 0 {
			continue
		}
		var ok bool
		if attr.space, attr.local, ok = s.split(attr.name); !ok {
			return false
		}
		for j := range s.attrs[:i] {
			if s.attrs[j].space == attr.space && bytes.Equal(s.attrs[j].local, attr.local) {
				s.fail("the attribute %q stands twice in a tag", attr.name)
				return false
			}
		}
	}
	return true
}

// split takes a name with a prefix apart.
func (s *scanner) split(name []byte) (space, []byte, bool) {
	prefix, local, _ := bytes.Cut(name, []byte(":"))
	if len(prefix) == 0 || len(local) == 0 || class[local[0]]&nameStart == 0 || bytes.IndexByte(local, ':') >= 0 {
		s.fail("the name %q cannot be", name)
		return 0, nil, false
	}
	found, ok := s.lookup(prefix)
	if !ok {
		s.fail("the prefix of %q is not declared", name)
	}
	return found, local, ok
}
