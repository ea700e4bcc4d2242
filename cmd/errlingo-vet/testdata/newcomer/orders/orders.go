package orders

import (
	"log"

	"github.com/errlingo/errlingo/catalog"
)

var menu = map[string]int{"apple pie": 2}

// Take takes an order.
func Take(dish string, wanted, table int) error {
	left, ok := menu[dish]
	switch {
	case !ok:
		return DishNotFound
	case left < wanted:
		return fail(TooFew, Left.Arg(left), Left.Arg(wanted))
	case table == 0:
		return NoTable.New()
	case wanted < 1:
		return KitchenClosed.New(Dish.Arg(dish))
	}
	menu[dish] -= wanted
	return serve(dish, table)
}

func fail(code *catalog.Code, args ...catalog.Arg) error {
	log.Print(code.Name())
	return code.New(args...)
}

func serve(dish string, table int) error {
	if table > 20 {
		KitchenClosed.New()
	}
	return nil
}
