package write

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Namespaces and kinds of relationship. A workbook saved as "Strict Open XML"
// has its own; strict gives them.
const (
	mainSpace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

	strictMain     = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	strictRelation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
)

// Package is somebody's workbook, to be annotated: cells filled and commented,
// sheets put in front. Whatever is not touched stays as it was stored, to the
// byte: formulas with their results, charts, pictures, validations, macros.
//
// The bytes must have passed the strict reader. A workbook that is built in a
// way not expected gives an error and no half-made copy; it is never guessed
// at. A Package is not safe for concurrent use.
type Package struct {
	archive *zip.Reader
	files   map[string]*zip.File // by lower-cased name
	read    map[string][]byte    // what has been inflated of them, never written to
	changed map[string][]byte    // by lower-cased name
	added   []string             // names, in order
	removed map[string]bool      // by lower-cased name
	trees   map[string]tree      // of parts as they stand, by lower-cased name
	main    string               // the workbook part
	strict  bool
	styles  *styleSheet // nil until a style is asked for
}

// OpenPackage opens a workbook's bytes, which are not changed.
func OpenPackage(data []byte) (*Package, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	p := &Package{
		archive: archive, files: map[string]*zip.File{}, read: map[string][]byte{},
		changed: map[string][]byte{}, removed: map[string]bool{}, trees: map[string]tree{},
	}
	for _, f := range archive.File {
		p.files[strings.ToLower(f.Name)] = f
	}
	roots, err := p.relations("")
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	i := slices.IndexFunc(roots, func(r relation) bool { return r.is("officeDocument") })
	if i < 0 {
		return nil, fmt.Errorf("open workbook: %w", errMarkup)
	}
	p.main = roots[i].target
	content, err := p.part(p.main)
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	p.strict = bytes.Contains(content, []byte(strictMain))
	return p, nil
}

// Blank is a workbook with an empty sheet, to be removed when others stand in
// front of it, and that sheet's name.
func Blank(about Properties) (p *Package, sheet string, err error) {
	b := New(about)
	sheet = b.Add("blank").Name()
	data, err := b.Bytes()
	if err != nil {
		return nil, "", err
	}
	p, err = OpenPackage(data)
	return p, sheet, err
}

func (p *Package) has(name string) bool {
	key := strings.ToLower(name)
	_, stored := p.files[key]
	_, changed := p.changed[key]
	return (stored || changed) && !p.removed[key]
}

// part gives a part as it stands now; it must not be written to.
func (p *Package) part(name string) ([]byte, error) {
	key := strings.ToLower(name)
	if content, ok := p.changed[key]; ok {
		return content, nil
	}
	f, ok := p.files[key]
	if !ok || p.removed[key] {
		return nil, fmt.Errorf("no part %s", name)
	}
	if content, ok := p.read[key]; ok {
		return content, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	content := bytes.NewBuffer(make([]byte, 0, min(f.UncompressedSize64, inflatedLimit)+bytes.MinRead))
	_, err = content.ReadFrom(io.LimitReader(r, inflatedLimit+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, fmt.Errorf("part %s: %w", name, err)
	}
	if content.Len() > inflatedLimit {
		return nil, fmt.Errorf("part %s: more than %d bytes", name, inflatedLimit)
	}
	p.read[key] = content.Bytes()
	return content.Bytes(), nil
}

// tree is a part with its only element and what is directly in it.
type tree struct {
	data   []byte
	top    element
	inner  []element
	within map[int][]element // what has been looked up in elements, by where these start
}

// children are the elements directly in one of the part's: the rows of a sheet are
// needed for more than one purpose.
func (t tree) children(e element) ([]element, error) {
	if all, ok := t.within[e.start]; ok {
		return all, nil
	}
	all, err := e.children(t.data)
	if err == nil {
		t.within[e.start] = all
	}
	return all, err
}

// tree looks through a part as it stands now, which for a sheet is long.
func (p *Package) tree(name string) (tree, error) {
	key := strings.ToLower(name)
	if t, ok := p.trees[key]; ok {
		return t, nil
	}
	data, err := p.part(name)
	if err != nil {
		return tree{}, err
	}
	t := tree{data: data, within: map[int][]element{}}
	if t.top, t.inner, err = root(data); err != nil {
		return tree{}, fmt.Errorf("%s: %w", name, err)
	}
	p.trees[key] = t
	return t, nil
}

// put replaces or adds a part.
func (p *Package) put(name string, content []byte) {
	key := strings.ToLower(name)
	delete(p.trees, key)
	_, known := p.changed[key]
	if _, stored := p.files[key]; !stored && !known {
		p.added = append(p.added, name)
	}
	p.changed[key] = content
	delete(p.removed, key)
}

// free is a name for a new part: the stem, a number, the ending.
func (p *Package) free(stem, ending string) string {
	for n := 1; ; n++ {
		if name := stem + strconv.Itoa(n) + ending; !p.has(name) {
			return name
		}
	}
}

// relation leads from a part to another.
type relation struct {
	id, kind, target string // target is a part's name, or the address where external
	external         bool
}

func (r relation) is(kind string) bool { return strings.HasSuffix(r.kind, "/"+kind) }

func relationsName(part string) string {
	return strings.TrimPrefix(path.Join(path.Dir(part), "_rels", path.Base(part)+".rels"), "./")
}

// relations are those of a part, "" being the package; none where it has none.
func (p *Package) relations(part string) ([]relation, error) {
	name := "_rels/.rels"
	if part != "" {
		name = relationsName(part)
	}
	if !p.has(name) {
		return nil, nil
	}
	list, err := p.tree(name)
	if err != nil {
		return nil, err
	}
	var found []relation
	for _, e := range list.inner {
		r := relation{id: e.attr(list.data, "Id"), kind: e.attr(list.data, "Type"), target: e.attr(list.data, "Target")}
		r.external = e.attr(list.data, "TargetMode") == "External"
		if !r.external {
			if !strings.HasPrefix(r.target, "/") {
				r.target = path.Join("/", path.Dir(part), r.target)
			}
			r.target = strings.TrimPrefix(path.Clean(r.target), "/")
		}
		found = append(found, r)
	}
	return found, nil
}

// relate adds a relation from a part to another and gives its id.
func (p *Package) relate(part, kind, target string) (string, error) {
	existing, err := p.relations(part)
	if err != nil {
		return "", err
	}
	id := ""
	for n := 1; id == ""; n++ {
		id = "rIdTH" + strconv.Itoa(n)
		if slices.ContainsFunc(existing, func(r relation) bool { return r.id == id }) {
			id = ""
		}
	}
	name := relationsName(part)
	if !p.has(name) {
		p.put(name, []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`))
	}
	list, err := p.tree(name)
	if err != nil {
		return "", err
	}
	line := fmt.Sprintf(`<%s Id="%s" Type="%s/%s" Target="/%s"/>`, list.top.sibling("Relationship"), id, p.space(relationSpace), kind, escaped(target))
	p.put(name, edited(list.data, []edit{list.top.appended(list.data, line)}))
	return id, nil
}

// space is a namespace as this workbook has it.
func (p *Package) space(s string) string {
	if p.strict {
		return strings.NewReplacer(mainSpace, strictMain, relationSpace, strictRelation).Replace(s)
	}
	return s
}

// declare says what a new part holds.
func (p *Package) declare(part, contentType string) error {
	list, err := p.tree(contentTypes)
	if err != nil {
		return err
	}
	line := fmt.Sprintf(`<%s PartName="/%s" ContentType="%s"/>`, list.top.sibling("Override"), escaped(part), contentType)
	p.put(contentTypes, edited(list.data, []edit{list.top.appended(list.data, line)}))
	return nil
}

// declareEnding says what parts of an ending hold, unless that is said.
func (p *Package) declareEnding(ending, contentType string) error {
	list, err := p.tree(contentTypes)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(list.inner, func(e element) bool { return strings.EqualFold(e.attr(list.data, "Extension"), ending) }) {
		return nil
	}
	line := fmt.Sprintf(`<%s Extension="%s" ContentType="%s"/>`, list.top.sibling("Default"), ending, contentType)
	p.put(contentTypes, edited(list.data, []edit{{list.top.end, list.top.end, line}}))
	return nil
}

// drop removes a part, its relations and what is declared of it.
func (p *Package) drop(part string) error {
	list, err := p.tree(contentTypes)
	if err != nil {
		return err
	}
	var edits []edit
	for _, e := range list.inner {
		if strings.EqualFold(e.attr(list.data, "PartName"), "/"+part) {
			edits = append(edits, edit{e.start, e.last, ""})
		}
	}
	p.put(contentTypes, edited(list.data, edits))
	for _, name := range []string{part, relationsName(part)} {
		key := strings.ToLower(name)
		p.removed[key] = true
		delete(p.changed, key)
		delete(p.trees, key)
		p.added = slices.DeleteFunc(p.added, func(n string) bool { return strings.EqualFold(n, name) })
	}
	return nil
}

// packing is the level at which changed parts are compressed: less than half the
// work of the usual one for a tenth more bytes.
const packing = 3

// packers are kept from one workbook to the next: each is most of a megabyte.
var packers = sync.Pool{New: func() any {
	packer, err := flate.NewWriter(nil, packing)
	if err != nil {
		panic(err) // there is no such level
	}
	return packer
}}

// Bytes packs the workbook. What was not changed is copied as it was
// compressed; equal changes to equal workbooks give equal bytes.
func (p *Package) Bytes() ([]byte, error) {
	p.saveStyles()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	through := make([]byte, 16<<10)
	packer := packers.Get().(*flate.Writer)
	defer packers.Put(packer)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { // for one part after the other
		packer.Reset(w)
		return packer, nil
	})
	for _, f := range p.archive.File {
		key := strings.ToLower(f.Name)
		if p.removed[key] {
			continue
		}
		if content, ok := p.changed[key]; ok {
			if err := store(archive, f.Name, content); err != nil {
				return nil, err
			}
			continue
		}
		if err := copyRaw(archive, f, through); err != nil {
			return nil, err
		}
	}
	for _, name := range p.added {
		if err := store(archive, name, p.changed[strings.ToLower(name)]); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("save workbook: %w", err)
	}
	return out.Bytes(), nil
}

func store(archive *zip.Writer, name string, content []byte) error {
	w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: stamp})
	if err == nil {
		_, err = w.Write(content)
	}
	if err != nil {
		return fmt.Errorf("save part %s: %w", name, err)
	}
	return nil
}

func copyRaw(archive *zip.Writer, f *zip.File, through []byte) error {
	r, err := f.OpenRaw()
	if err != nil {
		return fmt.Errorf("copy part %s: %w", f.Name, err)
	}
	header := f.FileHeader
	w, err := archive.CreateRaw(&header)
	if err == nil {
		_, err = io.CopyBuffer(w, r, through)
	}
	if err != nil {
		return fmt.Errorf("copy part %s: %w", f.Name, err)
	}
	return nil
}
