package diag

import "fmt"

// Collector collects findings. Of each rule it keeps the first [MaxFindings] about a file and
// counts the others, so that a file that is wrong in every line takes no more memory than another.
// The zero Collector is empty.
type Collector struct {
	list  List
	kinds map[kind]*collected
	order []kind // of which some were not kept, in the order of their first ones
}

// kind is what findings have in common that are counted together.
type kind struct {
	file, rule string
	severity   Severity
}

type collected struct {
	kept, more int
	first      Finding // of those that were not kept
}

// Add collects a finding.
func (c *Collector) Add(f Finding) {
	k := kind{f.File, f.Rule, f.Severity}
	have := c.kinds[k]
	if have == nil {
		if c.kinds == nil {
			c.kinds = map[kind]*collected{}
		}
		have = &collected{}
		c.kinds[k] = have
	}
	switch {
	case have.kept < MaxFindings:
		have.kept++
		c.list = append(c.list, f)
	case have.more == 0:
		have.first = f
		c.order = append(c.order, k)
		fallthrough
	default:
		have.more++
	}
}

// List returns what was collected. Of each rule with more findings than are kept, one more finding
// has the number of the others, and the place of the first of them.
func (c *Collector) List() List {
	list := c.list[:len(c.list):len(c.list)]
	for _, k := range c.order {
		have := c.kinds[k]
		f := have.first
		f.Text = fmt.Sprintf("%d more findings like this, from here on", have.more)
		f.Hint, f.Fix, f.Count = "", Fix{}, have.more
		list = append(list, f)
	}
	return list
}
