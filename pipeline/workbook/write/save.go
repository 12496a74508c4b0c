package write

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

const contentTypes = "[Content_Types].xml"

// stamp is the time on every part of the container; it says nothing, and the
// format knows no earlier one.
var stamp = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// Bytes saves the book. Equal calls on equal books give equal bytes. A book is
// saved once; it is of no use afterwards.
func (b *Book) Bytes() ([]byte, error) {
	if b.err == nil && b.fresh {
		b.err = errors.New("no sheet")
	}
	if b.err != nil {
		return nil, fmt.Errorf("write workbook: %w", b.err)
	}
	saved := loose{}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return saved })
	_, err := b.file.WriteToBuffer()
	if err = errors.Join(err, b.file.Close()); err != nil {
		return nil, fmt.Errorf("save workbook: %w", err)
	}
	parts := make(map[string][]byte, len(saved))
	for name, content := range saved {
		parts[name] = content.Bytes()
	}
	sheets, err := sheetParts(parts)
	if err == nil {
		err = b.settle(parts, sheets)
	}
	if err != nil {
		return nil, fmt.Errorf("save workbook: %w", err)
	}
	rows := make(map[string]*Rows, len(b.rows)) // by part
	for name, last := range b.rows {
		rows[sheets[name]] = last
	}
	return pack(parts, rows)
}

// loose takes the parts that excelize saves, by name. They are not in their final
// form, so packing them would be for nothing.
type loose map[string]*bytes.Buffer

// Create takes a part.
func (l loose) Create(name string) (io.Writer, error) {
	l[name] = &bytes.Buffer{}
	return l[name], nil
}

// AddFS is no part of saving.
func (l loose) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close ends saving.
func (l loose) Close() error { return nil }

// settle puts the parts into their final form: results into formulas and
// charts, links, content types in order.
func (b *Book) settle(parts map[string][]byte, sheets map[string]string) (err error) {
	for name, results := range b.results {
		part := sheets[name]
		if parts[part], err = withResults(parts[part], results); err != nil {
			return fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	for name, links := range b.links {
		part := sheets[name]
		if parts[part], err = withLinks(parts[part], links); err != nil {
			return fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	b.caches.fillCharts(parts)
	parts[contentTypes], err = sortedTypes(parts[contentTypes])
	return err
}

// pack puts parts into a container, sheets with the rows that are not in their part.
func pack(parts map[string][]byte, rows map[string]*Rows) ([]byte, error) {
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	// Content types come first, as in every office's own files: programs that
	// sniff look there.
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(-compareBool(a == contentTypes, b == contentTypes), cmp.Compare(a, b))
	})
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range names {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: stamp})
		switch last := rows[name]; {
		case err != nil:
		case last != nil:
			err = last.writeTo(w, parts[name])
		default:
			_, err = w.Write(parts[name])
		}
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("pack workbook: %w", err)
	}
	return out.Bytes(), nil
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// sheetParts finds the part of each sheet by its name.
func sheetParts(parts map[string][]byte) (map[string]string, error) {
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal(parts["xl/_rels/workbook.xml.rels"], &relations); err != nil {
		return nil, fmt.Errorf("relations: %w", err)
	}
	targets := map[string]string{}
	for _, r := range relations.List {
		if strings.HasPrefix(r.Target, "/") {
			targets[r.ID] = strings.TrimPrefix(r.Target, "/")
		} else {
			targets[r.ID] = path.Join("xl", r.Target)
		}
	}
	var workbook struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := xml.Unmarshal(parts["xl/workbook.xml"], &workbook); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	sheets := map[string]string{}
	for _, s := range workbook.Sheets {
		sheets[s.Name] = targets[s.ID]
	}
	return sheets, nil
}

// sortedTypes orders the content types: excelize lists them as a map gives
// them. Defaults stay before overrides, as the schema has it.
func sortedTypes(data []byte) ([]byte, error) {
	type entry struct {
		Extension   string `xml:"Extension,attr,omitempty"`
		PartName    string `xml:"PartName,attr,omitempty"`
		ContentType string `xml:"ContentType,attr"`
	}
	type types struct {
		XMLName   xml.Name `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
		Defaults  []entry  `xml:"Default"`
		Overrides []entry  `xml:"Override"`
	}
	var t types
	if err := xml.Unmarshal(data, &t); err != nil {
		return nil, fmt.Errorf("content types: %w", err)
	}
	order := func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.Extension, b.Extension), cmp.Compare(a.PartName, b.PartName))
	}
	slices.SortFunc(t.Defaults, order)
	slices.SortFunc(t.Overrides, order)
	sorted, err := xml.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("content types: %w", err)
	}
	return append([]byte(xml.Header), sorted...), nil
}
