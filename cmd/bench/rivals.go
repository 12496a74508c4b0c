package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed rivals
var scripts embed.FS

// rival is another way to add the reports up, if this machine has it.
type rival struct {
	name    string
	command []string // to which the folder of the inputs is added
	absent  string   // why it cannot be measured; empty where it can
	modules string
}

func (r rival) run(inputs string) (measurement, error) {
	if r.modules != "" {
		if err := os.Setenv("NODE_PATH", r.modules); err != nil {
			return measurement{}, err
		}
	}
	return measure(r.command[0], append(r.command[1:], inputs)...)
}

// findRivals writes the scripts and asks which of their libraries are here.
func (b *bench) findRivals(work string) ([]rival, error) {
	python := "/usr/bin/python3" // of the system, whose packages have the libraries
	if _, err := os.Stat(python); err != nil {
		python = "python3"
	}
	script := func(name string) string { return filepath.Join(work, name) }
	all := []rival{
		{name: "openpyxl, read-only, two processes", command: []string{python, script("openpyxl_sum.py")}},
		{name: "pandas", command: []string{python, script("pandas_sum.py")}},
		{name: "SheetJS", command: []string{"node", script("sheetjs_sum.js")}, modules: b.modules},
	}
	probes := [][]string{
		{python, "-c", "import openpyxl"}, {python, "-c", "import pandas, openpyxl"}, {"node", "-e", `require("xlsx")`},
	}
	inner, err := fs.Sub(scripts, "rivals")
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(work, inner); err != nil {
		return nil, fmt.Errorf("write scripts: %w", err)
	}
	for i, probe := range probes {
		cmd := exec.Command(probe[0], probe[1:]...)
		cmd.Dir = work
		if all[i].modules != "" {
			cmd.Env = append(os.Environ(), "NODE_PATH="+all[i].modules)
		}
		if err := cmd.Run(); err != nil {
			all[i].absent = fmt.Sprintf("%s fails (%v)", probe, err)
		}
	}
	return all, nil
}
