// Command bench measures tonghop against what an office would use instead, on
// the same made-up workbooks and in the same run, and checks that all find the
// same sums.
//
// Each measurement is a process of its own: its wall time, the processor time of
// it and its children, and the most memory it held. What counts are the ratios,
// for the machine's speed drifts. The workbooks are made from a fixed seed into a
// folder of the machine's cache and used again by the next run.
//
// With a name before its flags the program does the work of one process: make,
// floor, hash, figures and excelize; and published, for the process that starts the
// others must stay small: Linux counts its memory as their peak.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// programs are what is measured and runs within this executable; each works on
// one corpus.
var programs = map[string]func(corpus) error{
	"make": corpus.make, "floor": floor, "hash": hash, "figures": figures, "recorded": recorded, "excelize": withExcelize, "published": published,
}

func run(args []string) error {
	if len(args) == 2 {
		if program, ok := programs[args[0]]; ok {
			c, err := openCorpus(args[1])
			if err != nil {
				return err
			}
			return program(c)
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := flags.String("sizes", "30,300,1000,10000", "numbers of workbooks of one month, one a unit")
	history := flags.String("history", "126x80", "units x months of the history; empty for none")
	rivals := flags.Int("rivals", 1000, "the most workbooks that the other programs are given; excelize gets all")
	folder := flags.String("cache", filepath.Join(cache, "tonghop-bench"), "where the workbooks are kept")
	modules := flags.String("node-modules", "", "folder of node modules that holds xlsx; empty asks node")
	if err := flags.Parse(args); err != nil {
		return err
	}
	b := bench{folder: *folder, mostForRivals: *rivals, modules: *modules}
	var corpora []corpus
	for size := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil || n < 1 {
			return fmt.Errorf("-sizes: %q is no number of workbooks", size)
		}
		corpora = append(corpora, corpus{folder: *folder, units: n, months: 1})
	}
	if *history != "" {
		var c corpus
		if _, err := fmt.Sscanf(*history, "%dx%d", &c.units, &c.months); err != nil || c.units < 1 || c.months < 1 {
			return fmt.Errorf("-history: %q is not units x months", *history)
		}
		c.folder = *folder
		corpora = append(corpora, c)
	}
	return b.run(corpora)
}
