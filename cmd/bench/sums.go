package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// sums are the totals of the last month, by code.
type sums map[string]int

func (s sums) add(figures [indicatorCount]int) {
	for i, n := range figures {
		s[code(i)] += n
	}
}

// String has a line a code: "P1_01 12345". Every program prints its sums so.
func (s sums) String() string {
	var lines strings.Builder
	for _, code := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintf(&lines, "%s %d\n", code, s[code])
	}
	return lines.String()
}
