// Package repository holds the rules that the repository keeps as a whole. It consists of tests.
package repository
