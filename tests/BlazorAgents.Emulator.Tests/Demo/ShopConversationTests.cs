using System.Text.Json;

namespace BlazorAgents.Emulator.Tests.Demo;

public sealed class ShopConversationTests
{
    [Fact]
    public async Task Shop_TheGuidesConversation_CallsTheChain()
    {
        await using var chat = await DemoChat.StartAsync(ShopDesk.Instructions, new ShopDesk().Run, ShopDesk.Tools);

        var found = await chat.SayAsync("I'm looking for a laptop");
        await chat.SayAsync("Is it in stock?");
        var ordered = await chat.SayAsync("I'd like to order one. My customer ID is CUST001");
        var status = await chat.SayAsync("What's my order status?");

        Assert.Equal(
            [
                """search_products {"query":"laptop"}""",
                """check_stock {"product_id":"p001"}""",
                """validate_customer {"customer_id":"CUST001"}""",
                """calculate_shipping {"customer_id":"CUST001","product_id":"p001","quantity":1}""",
                """create_order {"customer_id":"CUST001","product_id":"p001","quantity":1}""",
                """get_order_status {"order_id":"ORD0001"}""",
            ],
            chat.Calls);
        Assert.Contains("Laptop", found, StringComparison.Ordinal);
        Assert.Contains("ORD0001", ordered, StringComparison.Ordinal);
        Assert.Contains("confirmed", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_WithoutSteps_IsOneCall()
    {
        await using var chat = await DemoChat.StartAsync("You are a helpful shop assistant.", new ShopDesk().Run, ShopDesk.Tools);

        await chat.SayAsync("Order 2 of p001 for CUST001, urgent please");

        Assert.Equal(["""create_order {"customer_id":"CUST001","product_id":"p001","quantity":2,"priority":"urgent"}"""], chat.Calls);
    }

    [Fact]
    public async Task Order_OfANamedThing_SearchesItAndThenFollowsTheSteps()
    {
        await using var chat = await DemoChat.StartAsync(ShopDesk.Instructions, new ShopDesk().Run, ShopDesk.Tools);

        await chat.SayAsync("I'd like to order a mouse. My customer ID is CUST003");

        Assert.Equal(["search_products", "validate_customer", "calculate_shipping", "create_order"], chat.Calls.Select(call => call.Split(' ')[0]));
        Assert.Equal("""create_order {"customer_id":"CUST003","product_id":"p002","quantity":1}""", chat.Calls[^1]);
    }

    [Fact]
    public async Task Order_OfAnInvalidCustomer_StopsAtTheCheck()
    {
        await using var chat = await DemoChat.StartAsync(ShopDesk.Instructions, new ShopDesk().Run, ShopDesk.Tools);

        var answer = await chat.SayAsync("Order 1 p002 for customer CUST999");

        Assert.StartsWith("validate_customer", Assert.Single(chat.Calls), StringComparison.Ordinal);
        Assert.StartsWith("That did not work", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A person refused this call. It did not run. Do not try it again unless they ask for it.")]
    [InlineData("A person refused this call; it did not run. Their reason: the budget of this month is spent")]
    [InlineData("Error: not approved in time; the call did not run.")]
    public async Task Order_ThatAPersonRefused_IsSaidAndNotTriedAgain(string refusal)
    {
        var desk = new ShopDesk { Refusal = refusal };
        await using var chat = await DemoChat.StartAsync(ShopDesk.Instructions, desk.Run, ShopDesk.Tools);

        var answer = await chat.SayAsync("Order 2 of p001 for CUST001");
        var status = await chat.SayAsync("What's my order status?");

        Assert.StartsWith("I did not run **create order**: " + refusal, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Shipping", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Single(chat.Calls, call => call.StartsWith("create_order", StringComparison.Ordinal));
        Assert.Equal("""get_order_status {"customer_id":"CUST001"}""", chat.Calls[^1]);
        Assert.Contains("found nothing", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_RefusedWithALongReason_IsSaidWhole()
    {
        var reason = "A person refused this call; it did not run. Their reason: " + string.Concat(Enumerable.Repeat("the budget is spent, ", 40)) + "sorry";
        await using var chat = await DemoChat.StartAsync("", new ShopDesk { Refusal = reason }.Run, ShopDesk.Tools);

        Assert.Equal($"I did not run **create order**: {reason}.", await chat.SayAsync("Order 2 of p001 for CUST001"));
    }

    [Theory]
    [InlineData("What is the status of ORD0007?", """get_order_status {"order_id":"ORD0007"}""")]
    [InlineData("Which orders does CUST002 have? What is their status?", """get_order_status {"customer_id":"CUST002"}""")]
    [InlineData("Please cancel order ORD0007", """cancel_order {"order_id":"ORD0007"}""")]
    [InlineData("Is p003 in stock?", """check_stock {"product_id":"p003"}""")]
    [InlineData("How much is shipping of 3 p001 to CUST002?", """calculate_shipping {"customer_id":"CUST002","product_id":"p001","quantity":3}""")]
    [InlineData("Is customer CUST004 valid?", """validate_customer {"customer_id":"CUST004"}""")]
    public async Task Question_WithIds_CallsTheToolOfItsKind(string text, string call)
    {
        await using var chat = await DemoChat.StartAsync("You are a helpful shop assistant.", new ShopDesk().Run, ShopDesk.Tools);

        await chat.SayAsync(text);

        Assert.Equal([call], chat.Calls);
    }

    [Fact]
    public async Task Status_AfterAnOrderInOneSentence_IsNotAskedForTheCustomersId()
    {
        await using var chat = await DemoChat.StartAsync("", new ShopDesk().Run, ShopDesk.Tools);
        await chat.SayAsync("Order 2 laptops for CUST001");

        await chat.SayAsync("What's my order status?");

        Assert.Equal("""get_order_status {"order_id":"ORD0001"}""", chat.Calls[^1]);
        Assert.Equal("""create_order {"customer_id":"CUST001","product_id":"p001","quantity":2}""", chat.Calls[^2]);
    }

    [Fact]
    public async Task Search_WithoutHitInAnObject_IsTriedInTheSingular()
    {
        await using var chat = await DemoChat.StartAsync("", new ShopDesk().Run, ShopDesk.Tools);

        var answer = await chat.SayAsync("Do you have any keyboards?");

        Assert.Equal(["""search_products {"query":"keyboards"}""", """search_products {"query":"keyboard"}"""], chat.Calls);
        Assert.Contains("Keyboard", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stock_AskedForANamedThing_IsThatThings()
    {
        await using var chat = await DemoChat.StartAsync(ShopDesk.Instructions, new ShopDesk().Run, ShopDesk.Tools);
        await chat.SayAsync("I'm looking for a laptop");

        await chat.SayAsync("Is the mouse in stock?");

        Assert.Equal(["""search_products {"query":"mouse"}""", """check_stock {"product_id":"p002"}"""], chat.Calls.Skip(1));
    }

    [Fact]
    public async Task Status_WithNothingKnown_MakesNoIdUp()
    {
        var asked = new List<JsonElement>();
        await using var chat = await DemoChat.StartAsync(
            "",
            (_, arguments) =>
            {
                asked.Add(arguments.Clone());
                return """{"error":"Give order_id or customer_id. Ask the customer for one of them.","field":"order_id"}""";
            },
            ShopDesk.Tools);

        var answer = await chat.SayAsync("What's my order status?");

        Assert.Equal("{}", Assert.Single(asked).GetRawText());
        Assert.Contains("Give order_id or customer_id", answer, StringComparison.Ordinal);
    }
}
