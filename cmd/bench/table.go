package main

import (
	"fmt"
	"time"
)

const floorName = "floor: read, inflate, look at every byte"

// printTable prints the rows with their ratios to the floor.
func printTable(rows []row) {
	var base measurement
	for _, r := range rows {
		if r.what == floorName {
			base = r.measurement
		}
	}
	fmt.Println("| | wall s | CPU s | peak MiB | wall / floor | CPU / floor |")
	fmt.Println("|---|---:|---:|---:|---:|---:|")
	for _, r := range rows {
		fmt.Printf("| %s | %.2f | %.2f | %d | %.1f | %.1f |\n", r.what, r.wall.Seconds(), r.cpu.Seconds(), r.peak>>20, ratio(r.wall, base.wall), ratio(r.cpu, base.cpu))
	}
	fmt.Println()
}

func ratio(a, b time.Duration) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
