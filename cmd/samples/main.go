// Command samples writes the sample submissions of the folder inputs: three
// months of reports as the units would have sent them, the register of their
// receipt and the office's openings. Every figure, name and telephone number
// is fictional, and every workbook says so.
//
// Equal definitions give equal bytes: the figures come from a fixed seed and
// nothing reads the clock.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/catalogue"
	"tonghop/templates"
)

func main() {
	out := flag.String("out", "inputs", "the folder to write into; files of the same names are replaced")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "samples:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	cat, err := definitions()
	if err != nil {
		return err
	}
	files, err := samples(cat)
	if err != nil {
		return err
	}
	total := 0
	for _, f := range files {
		path := filepath.Join(out, filepath.FromSlash(f.path))
		if err := atomicfile.MakeFolder(filepath.Dir(path)); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
		if err := atomicfile.Write(path, f.data, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
		total += len(f.data)
	}
	fmt.Printf("%d files, %d KiB, in %s\n", len(files), total>>10, out)
	return nil
}

// definitions loads the catalogue that ships.
func definitions() (*catalogue.Catalogue, error) {
	folder, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		return nil, fmt.Errorf("open definitions: %w", err)
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(folder, "hanoi"))
	if len(problems) > 0 {
		return nil, fmt.Errorf("load definitions: %d problems, first %w", len(problems), problems[0])
	}
	return cat, nil
}
