using System.Text.Json;

namespace BlazorAgents.Emulator.Tests.Demo;

/// <summary>The guide's shop: what its tools return.</summary>
internal sealed class DemoShop
{
    private static readonly (string Id, string Name, double Price, int Stock)[] s_products = [("p001", "Laptop", 999.99, 5), ("p002", "Mouse", 29.99, 50), ("p003", "Keyboard", 79.99, 0)];

    private readonly List<string> _orders = [];

    public string Run(string tool, JsonElement arguments) => tool switch
    {
        "search_products" => JsonSerializer.Serialize(s_products
            .Where(product => product.Name.Contains(arguments.GetProperty("query").GetString()!, StringComparison.OrdinalIgnoreCase))
            .Select(product => new { id = product.Id, name = product.Name, price = product.Price, in_stock = product.Stock > 0 })),
        "check_stock" => s_products.First(product => product.Id == arguments.GetProperty("product_id").GetString()) is var found && found.Stock > 0
            ? $"{found.Name} has limited stock ({found.Stock} units remaining)"
            : $"{found.Name} is out of stock",
        "create_order" => Create(arguments),
        "get_order_status" => _orders.Contains(arguments.GetProperty("order_id").GetString()!) ? """{"order_id":"ORD0001","product":"Laptop","quantity":1,"status":"confirmed"}""" : "Order not found",
        "validate_customer" => arguments.GetProperty("customer_id").GetString() == "CUST001" ? """{"valid":true}""" : """{"valid":false}""",
        "calculate_shipping" => "Shipping: $5.99",
        _ => throw new ArgumentOutOfRangeException(nameof(tool), tool, null),
    };

    private string Create(JsonElement arguments)
    {
        var product = s_products.First(product => product.Id == arguments.GetProperty("product_id").GetString());
        if (product.Stock < arguments.GetProperty("quantity").GetInt32())
        {
            return $"Error: Insufficient stock. Only {product.Stock} units available";
        }

        _orders.Add($"ORD{_orders.Count + 1:D4}");
        return $"Order {_orders[^1]} created successfully!";
    }
}
