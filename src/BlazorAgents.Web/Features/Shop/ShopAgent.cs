using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>The guide's e-commerce assistant, on the real shop.</summary>
internal static class ShopAgent
{
    public static AgentDefinition Create(ShopTools tools, ShopPreviews previews) => new()
    {
        Id = "shop",
        Name = "Shop Assistant",
        Description = "Finds products, checks stock, places orders and tells where they are.",
        Icon = "cart",
        Instructions =
            """
            You are a helpful e-commerce shopping assistant.

            You can help customers:
            - Search for products
            - Check product availability
            - Place orders
            - Check order status

            When processing orders:
            1. First validate the customer
            2. Calculate shipping costs
            3. Create the order
            4. Confirm with user

            Always confirm details before placing orders. Be helpful and friendly.
            Use only ids, prices and stock that the tools gave you; never guess them. When a tool reports an error, or a person
            refused a call, say so and do not make the same call again.
            """,
        Starters =
        [
            "I'm looking for a laptop",
            "Is the mouse in stock?",
            "I'd like to order a mouse. My customer ID is CUST001",
            "What's the status of order ORD0001?",
        ],
        Tools =
        [
            AgentTool.Create(tools.SearchProductsAsync, "search_products"),
            AgentTool.Create(tools.CheckStockAsync, "check_stock"),
            AgentTool.Create(tools.ValidateCustomerAsync, "validate_customer"),
            AgentTool.Create(tools.CalculateShippingAsync, "calculate_shipping"),
            AgentTool.Create(tools.CreateOrderAsync, "create_order", new() { Risk = ToolRisk.Money, Preview = previews.OrderAsync }),
            AgentTool.Create(tools.GetOrderStatusAsync, "get_order_status"),
            AgentTool.Create(tools.CancelOrderAsync, "cancel_order", new() { Risk = ToolRisk.Money, MinimumRole = Roles.Approver, Preview = previews.CancelAsync }),
            AgentTool.Create(tools.UpdateInventoryAsync, "update_inventory", new() { Risk = ToolRisk.Write, MinimumRole = Roles.Admin, Preview = previews.InventoryAsync }),
        ],
    };
}
