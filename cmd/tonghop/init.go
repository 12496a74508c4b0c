package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/atomicfile"
	"tonghop/templates"
)

func (a *app) initCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "init DIR", Short: a.say.Say("cli.init"), Args: cobra.MaximumNArgs(1)}
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage(a.say.Say("init.no_folder"), " init")
		}
		return a.initFolder(args[0])
	}
	return cmd
}

// initFolder makes an office's working folder. What is there already is kept.
func (a *app) initFolder(dir string) error {
	files := map[string][]byte{settings.DefaultFile: settings.Commented}
	order := []string{settings.DefaultFile}
	tables, err := fs.Glob(templates.FS, shippedCatalogue+"/*.csv")
	if err != nil {
		return err
	}
	paragraphs, err := fs.Glob(templates.FS, "wording/*.tmpl")
	if err != nil {
		return err
	}
	for _, table := range append(tables, paragraphs...) {
		data, err := templates.FS.ReadFile(table)
		if err != nil {
			return err
		}
		name := filepath.Join("templates", filepath.FromSlash(table))
		files[name], order = data, append(order, name)
	}
	for _, folder := range []string{"inputs", "outputs", "state", filepath.Join("inputs", officeFolder), filepath.Join("templates", shippedCatalogue), filepath.Join("templates", "wording")} {
		if err := atomicfile.MakeFolder(filepath.Join(dir, folder)); err != nil {
			return err
		}
	}
	for _, name := range order {
		path := filepath.Join(dir, name)
		err := atomicfile.WriteNew(path, files[name], 0o644)
		if errors.Is(err, fs.ErrExist) {
			a.println("init.kept", "file", path)
			continue
		}
		if err != nil {
			return err
		}
	}
	a.println("init.done", "folder", dir, "inputs", filepath.Join(dir, "inputs"))
	return nil
}
