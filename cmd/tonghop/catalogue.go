package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/reading"
	"tonghop/pipeline/workbook"
	"tonghop/pipeline/workbook/write"
)

func (a *app) catalogueCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "catalogue", Short: a.say.Say("cli.catalogue"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	check := &cobra.Command{Use: "check [FOLDER|FILE.xlsx]", Short: a.say.Say("cli.catalogue.check"), Args: cobra.MaximumNArgs(1)}
	check.RunE = func(_ *cobra.Command, args []string) error {
		source, from, err := a.sourceOf(args)
		if err != nil {
			return err
		}
		cat, err := a.load(source, from)
		if err != nil {
			return err
		}
		a.println("catalogue.valid", "id", from, "units", len(cat.Units), "indicators", len(cat.Indicators),
			"targets", len(cat.Targets), "rules", len(cat.Rules))
		return nil
	}
	pack := &cobra.Command{Use: "pack [FOLDER] FILE.xlsx", Short: a.say.Say("cli.catalogue.pack"), Args: cobra.RangeArgs(1, 2)}
	pack.RunE = func(_ *cobra.Command, args []string) error {
		file := args[len(args)-1]
		source, from, err := a.sourceOf(args[:len(args)-1])
		if err != nil {
			return err
		}
		if _, err := a.load(source, from); err != nil {
			return err
		}
		data, err := packed(source.Tables())
		if err != nil {
			return fmt.Errorf("pack catalogue: %w", err)
		}
		if err := writeNew(file, data); err != nil {
			return err
		}
		a.println("catalogue.packed", "file", file)
		return nil
	}
	unpack := &cobra.Command{Use: "unpack FILE.xlsx FOLDER", Short: a.say.Say("cli.catalogue.unpack"), Args: cobra.ExactArgs(2)}
	unpack.RunE = func(_ *cobra.Command, args []string) error {
		source, from, err := catalogueSource(args[0])
		if err != nil {
			return err
		}
		if _, err := a.load(source, from); err != nil {
			return err
		}
		for _, t := range source.Tables() {
			if err := writeNew(filepath.Join(args[1], t.Name+".csv"), t.CSV()); err != nil {
				return err
			}
		}
		a.println("catalogue.unpacked", "folder", args[1])
		return nil
	}
	cmd.AddCommand(check, pack, unpack, a.rehearseCommand())
	return cmd
}

// sourceOf is the catalogue named, else the configured one.
func (a *app) sourceOf(args []string) (catalogue.Source, string, error) {
	if len(args) == 1 {
		return catalogueSource(args[0])
	}
	s, _, err := a.loadSettings()
	if err != nil {
		return catalogue.Source{}, "", err
	}
	return catalogueSource(s.Catalogue)
}

// writeNew writes a file that must not exist: commands that make something for
// an office to edit never overwrite its work.
func writeNew(path string, data []byte) error {
	if err := atomicfile.MakeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	err := atomicfile.WriteNew(path, data, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &failure{code: exitUsage, key: "file_exists", facts: []any{"file", path}, underlie: err}
	}
	return err
}

// packed writes the tables as sheets of text cells: Excel would turn dates
// into numbers and drop the zeros of codes.
func packed(tables []catalogue.Table) ([]byte, error) {
	b := write.New(write.Properties{Title: "tonghop"})
	text := write.Style{Format: "@", Wrap: true, Top: true}
	head := write.Style{Format: "@", Bold: true, Fill: write.FillHead, Border: write.Thin}
	for _, t := range tables {
		s := b.Add(t.Name)
		columns := 0
		for i, row := range t.Rows {
			style := text
			if i == 0 {
				style = head
			}
			for j, value := range row {
				s.Text(write.At(i+1, j+1), value, style)
			}
			columns = max(columns, len(row))
		}
		widths := make([]float64, columns)
		for j := range widths {
			widths[j] = 18
		}
		s.Widths(widths...)
		s.Freeze(write.At(2, 2))
		if columns > 0 && len(t.Rows) > 1 {
			s.Filter(write.At(1, 1), write.At(len(t.Rows), columns))
		}
	}
	return b.Bytes()
}

// workbookTables reads a catalogue kept as one workbook, by the same strict
// reader as submissions.
func workbookTables(path string) ([]catalogue.Table, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		return nil, &failure{code: exitDefinitions, key: "catalogue_file", facts: []any{"file", path, "detail", err.Error()}}
	}
	var tables []catalogue.Table
	for _, sheet := range book.Sheets {
		t := catalogue.Table{Name: strings.ToLower(strings.TrimSpace(sheet.Name))}
		for _, c := range sheet.Cells {
			for len(t.Rows) < c.Ref.Row {
				t.Rows = append(t.Rows, nil)
			}
			row := t.Rows[c.Ref.Row-1]
			for len(row) < c.Ref.Col {
				row = append(row, "")
			}
			row[c.Ref.Col-1] = typed(c)
			t.Rows[c.Ref.Row-1] = row
		}
		square(t.Rows)
		tables = append(tables, t)
	}
	return tables, nil
}

// typed is what somebody typed into a cell of the definitions. What is crossed out
// does not pass for what holds, nor a formula without a result for an empty cell,
// which would be a bound less.
func typed(c workbook.Cell) string {
	switch {
	case c.Struck:
		return "~~" + c.Raw + "~~"
	case c.Kind == workbook.Blank:
		return "=?"
	case c.Kind == workbook.Number:
		return reading.Typed(c.Raw)
	}
	return c.Raw
}

// square makes every row as long as the header: empty cells at a row's end are
// not in the workbook, and are in the CSV.
func square(rows [][]string) {
	for i := range rows {
		for len(rows[i]) < len(rows[0]) {
			rows[i] = append(rows[i], "")
		}
	}
}
