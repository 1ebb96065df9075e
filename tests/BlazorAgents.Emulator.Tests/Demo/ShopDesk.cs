using System.Text.Json;

namespace BlazorAgents.Emulator.Tests.Demo;

/// <summary>The application's shop as a model meets it: eight tools with optional parameters, results in camel case.</summary>
internal sealed class ShopDesk
{
    public const string Instructions =
        "You are a helpful e-commerce shopping assistant.\n\nWhen processing orders:\n1. First validate the customer\n2. Calculate shipping costs\n3. Create the order\n4. Confirm with user\n\nAlways confirm details before placing orders.";

    private static readonly (string Id, string Name, decimal Price)[] s_products =
        [("p001", "Laptop", 999.99m), ("p002", "Mouse", 29.99m), ("p003", "Keyboard", 79.99m), ("p008", "Ergonomic Mouse", 49.99m)];

    private readonly List<string> _orders = [];

    public static string[] Tools =>
    [
        DemoTools.Function("search_products", "Search for products in the shop's catalog. Gives ids, names and prices, best match first.", "query",
            """{"query":{"type":"string","description":"Product search query, a few words; empty text lists everything"},"category":{"type":["string","null"],"description":"Only products of this category: 'Computers', 'Accessories', 'Displays', 'Audio', 'Storage', 'Networking' or 'Phones'","default":null},"max_results":{"type":"integer","description":"Maximum results to return","minimum":1,"maximum":20,"default":5}}"""),
        DemoTools.Function("check_stock", "Check inventory stock for a product.", "product_id", """{"product_id":{"type":"string","description":"Product ID to check, like p001"}}"""),
        DemoTools.Function("validate_customer", "Validate that a customer exists and has an open account.", "customer_id", """{"customer_id":{"type":"string","description":"Customer ID, like CUST001"}}"""),
        DemoTools.Function("calculate_shipping", "Calculate shipping cost for a customer and product. Premium customers pay nothing.", "customer_id product_id",
            """{"customer_id":{"type":"string","description":"Customer ID, like CUST001"},"product_id":{"type":"string","description":"Product ID, like p001"},"quantity":{"type":"integer","description":"Number of items","minimum":1,"maximum":100,"default":1}}"""),
        DemoTools.Function("create_order", "Create a new order for a customer. The customer pays for the goods and their shipping.", "customer_id product_id quantity",
            """{"customer_id":{"type":"string","description":"Customer ID, like CUST001"},"product_id":{"type":"string","description":"Product ID to order, like p001"},"quantity":{"type":"integer","description":"Quantity to order","minimum":1,"maximum":100},"priority":{"type":"string","enum":["normal","high","urgent"],"description":"Order priority","default":"normal"}}"""),
        DemoTools.Function("get_order_status", "Get the status of an order, or of a customer's latest orders. Give at least one of the two ids.", "",
            """{"order_id":{"type":["string","null"],"description":"Order ID to check, like ORD0001","default":null},"customer_id":{"type":["string","null"],"description":"Customer ID, like CUST001: gives this customer's latest orders when the order ID is not known","default":null}}"""),
        DemoTools.Function("cancel_order", "Cancel an order that was not shipped yet: the customer gets the money back, the goods go back in stock.", "order_id",
            """{"order_id":{"type":"string","description":"Order ID to cancel, like ORD0001"}}"""),
        DemoTools.Function("update_inventory", "Update the inventory of a product: set the number of units, or change it by a number. Give exactly one of stock and change_by.", "product_id",
            """{"product_id":{"type":"string","description":"Product ID, like p001"},"stock":{"type":["integer","null"],"description":"The new number of units","minimum":0,"default":null},"change_by":{"type":["integer","null"],"description":"Units that arrive (above zero) or leave (below zero)","default":null}}"""),
    ];

    /// <summary>What a person says instead of letting an order through; null lets it.</summary>
    public string? Refusal { get; set; }

    public string Run(string tool, JsonElement arguments) => tool switch
    {
        "search_products" => JsonSerializer.Serialize(new
        {
            products = s_products.Where(product => product.Name.Contains(Text(arguments, "query"), StringComparison.OrdinalIgnoreCase))
                .Select(product => new { id = product.Id, name = product.Name, price = product.Price, inStock = product.Id != "p003" }),
        }),
        "check_stock" => JsonSerializer.Serialize(new { productId = Text(arguments, "product_id"), stock = 5, availability = "limited stock" }),
        "validate_customer" => JsonSerializer.Serialize(new { valid = Text(arguments, "customer_id") != "CUST999", customerId = Text(arguments, "customer_id") }),
        "calculate_shipping" => """{"shipping":5.99,"shippingText":"5.99 $"}""",
        "create_order" => Refusal ?? Order(arguments),
        "get_order_status" when arguments.TryGetProperty("order_id", out var id) => JsonSerializer.Serialize(new { orderId = id.GetString(), status = "confirmed" }),
        "get_order_status" => JsonSerializer.Serialize(new { customerId = Text(arguments, "customer_id"), orders = _orders.Select(id => new { orderId = id, status = "confirmed" }) }),
        "cancel_order" => JsonSerializer.Serialize(new { orderId = Text(arguments, "order_id"), status = "cancelled" }),
        _ => throw new ArgumentOutOfRangeException(nameof(tool), tool, null),
    };

    private static string Text(JsonElement arguments, string name) => arguments.GetProperty(name).GetString()!;

    private string Order(JsonElement arguments)
    {
        _orders.Add($"ORD{_orders.Count + 1:D4}");
        return JsonSerializer.Serialize(new { orderId = _orders[^1], status = "confirmed", customerId = Text(arguments, "customer_id"), productId = Text(arguments, "product_id"), total = 1005.98 });
    }
}
