package workbook

import (
	"net/url"
	"path"
	"strings"
)

// relation leads from one part of the package to another.
type relation struct {
	kind   string // last word of its type, the same for transitional and strict
	target string // name of the part, without a leading slash
}

// relationKinds are the roots of the relation types that are followed; what
// stands after them is the kind.
var relationKinds = []string{
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
	"http://purl.oclc.org/ooxml/officeDocument/relationships/",
	"http://schemas.openxmlformats.org/package/2006/relationships/",
	"http://schemas.microsoft.com/office/2006/relationships/",
}

// relations reads the relations of a part ("" is the package itself) by id.
// Those that lead out of the package are left out and never followed.
func (a *archive) relations(source string) (map[string]relation, error) {
	folder, file := path.Split(source)
	e := a.byKey[partKey(folder+"_rels/"+file+".rels")]
	if e == nil {
		return nil, nil
	}
	s, err := a.read(e, "workbook", a.limits.Workbook)
	if err != nil {
		return nil, err
	}
	if err := s.root(spacePackageRels, "Relationships"); err != nil {
		return nil, err
	}
	found := make(map[string]relation)
	seen := make(map[string]bool)
	err = s.children(func() error {
		if s.space != spacePackageRels || string(s.local) != "Relationship" {
			return damaged(e.name, int64(s.pos), "an element %q among the relations", s.local)
		}
		id := s.attrText("Id")
		if id == "" || seen[id] {
			return damaged(e.name, int64(s.pos), "the relation id %q is empty or stands twice", id)
		}
		seen[id] = true
		if mode := s.attrText("TargetMode"); mode != "External" {
			found[id] = relation{kind: relationKind(s.attrText("Type")), target: resolveTarget(folder, s.attrText("Target"))}
		}
		return s.skip()
	})
	if err != nil {
		return nil, err
	}
	return found, s.finish()
}

func relationKind(relationType string) string {
	for _, root := range relationKinds {
		if kind, ok := strings.CutPrefix(relationType, root); ok {
			return kind
		}
	}
	return relationType
}

// resolveTarget makes a part name of a target, which is relative to the folder
// of the part that holds it or begins with a slash. It cannot climb out of the
// package: names are looked up among the archive's entries and nowhere else.
func resolveTarget(folder, target string) string {
	target = strings.ReplaceAll(target, "\\", "/")
	if !strings.HasPrefix(target, "/") {
		target = "/" + folder + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// part finds an entry by the name a relation gives. Names may be written with
// percent signs there and without them in the archive.
func (a *archive) part(name string) *entry {
	if e := a.byKey[partKey(name)]; e != nil {
		return e
	}
	if plain, err := url.PathUnescape(name); err == nil {
		return a.byKey[partKey(plain)]
	}
	return nil
}

// only gives the one relation of a kind; found is false if there is none. Two
// of them are refused, because readers would take different ones.
func only(from map[string]relation, source, kind string) (r relation, found bool, err error) {
	for _, candidate := range from {
		if candidate.kind != kind {
			continue
		}
		if found {
			return r, true, damaged(source, -1, "two relations of the kind %q", kind)
		}
		r, found = candidate, true
	}
	return r, found, nil
}

// contentType gives what [Content_Types].xml says of a part.
func (a *archive) contentType(of string) (string, error) {
	const name = "[Content_Types].xml"
	e := a.byKey[partKey(name)]
	if e == nil {
		return "", &Refusal{Code: NotAWorkbook, Kind: "zip", Offset: -1, Detail: "the archive has no [Content_Types].xml"}
	}
	s, err := a.read(e, "workbook", a.limits.Workbook)
	if err != nil {
		return "", err
	}
	if err := s.root(spaceContentTypes, "Types"); err != nil {
		return "", err
	}
	byDefault, own := "", ""
	err = s.children(func() error {
		contentType := s.attrText("ContentType")
		if s.space != spaceContentTypes {
			return damaged(e.name, int64(s.pos), "a foreign element %q", s.local)
		}
		switch string(s.local) {
		case "Default":
			if strings.EqualFold("."+s.attrText("Extension"), path.Ext(of)) {
				byDefault = contentType
			}
		case "Override":
			if partKey(s.attrText("PartName")) == partKey(of) {
				if own != "" {
					return damaged(e.name, int64(s.pos), "two content types for %q", of)
				}
				own = contentType
			}
		default:
			return damaged(e.name, int64(s.pos), "an element %q among the content types", s.local)
		}
		return s.skip()
	})
	if err != nil {
		return "", err
	}
	if own == "" {
		own = byDefault
	}
	return own, s.finish()
}
