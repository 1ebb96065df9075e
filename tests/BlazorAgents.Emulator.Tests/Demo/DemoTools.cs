using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Demo;

/// <summary>The guide's tools as JSON.</summary>
internal static class DemoTools
{
    public static string Weather => Function("get_weather", "Get the current weather for a given location.", "location",
        """{"location":{"type":"string","description":"The city name, e.g., 'Seattle'"},"unit":{"type":"string","description":"Temperature unit: 'celsius' or 'fahrenheit'","default":"fahrenheit"}}""");

    public static string Time => Function("get_time", "Get the current time.", "", "{}");

    public static string TimeIn => Function("get_time", "Get the current time in a city.", "location", """{"location":{"type":"string","description":"City"}}""");

    public static string Search => Function("search_products", "Search for products in the catalog.", "query",
        """{"query":{"type":"string","description":"Product search query"},"max_results":{"type":"integer","description":"Maximum results to return","default":5}}""");

    public static string Stock => Function("check_stock", "Check inventory stock for a product.", "product_id", """{"product_id":{"type":"string","description":"Product ID to check"}}""");

    public static string Order => Function("create_order", "Create a new order for a customer.", "customer_id product_id quantity",
        """{"customer_id":{"type":"string","description":"Customer ID"},"product_id":{"type":"string","description":"Product ID to order"},"quantity":{"type":"integer","description":"Quantity to order","minimum":1}}""");

    public static string OrderStatus => Function("get_order_status", "Get the status of an order.", "order_id", """{"order_id":{"type":"string","description":"Order ID to check"}}""");

    public static string Validate => Function("validate_customer", "Validate that a customer exists.", "customer_id", """{"customer_id":{"type":"string","description":"Customer ID"}}""");

    public static string Shipping => Function("calculate_shipping", "Calculate shipping cost for a customer and product.", "customer_id product_id",
        """{"customer_id":{"type":"string","description":"Customer ID"},"product_id":{"type":"string","description":"Product ID"}}""");

    public static string Documents => Function("search_documents", "Search the company's documents.", "query", """{"query":{"type":"string","description":"What to look for"}}""");

    public static string Python => Function("run_python", "Run Python code and return what it prints.", "code", """{"code":{"type":"string","description":"Python source"}}""");

    public static string Light => Function("turn_on_light", "Turn on the light in a room.", "room", """{"room":{"type":"string","description":"Room name, e.g. 'kitchen'"}}""");

    public static JsonArray Json(params string[] tools) => new([.. tools.Select(tool => JsonNode.Parse(tool))]);

    public static string Function(string name, string description, string required, string properties) =>
        new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = name,
                ["description"] = description,
                ["parameters"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = JsonNode.Parse(properties),
                    ["required"] = new JsonArray([.. required.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (JsonNode)word)]),
                },
            },
        }.ToJsonString();
}
