using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Demo;

public sealed class TalkTests
{
    private const string Bookstore = """You are a helpful customer support agent for "PageTurner Books," an online bookstore. If you don't know something, admit it and offer to connect the customer with a human agent.""";

    [Fact]
    public async Task Bookstore_TheGuidesConversation_Flows()
    {
        await using var chat = await DemoChat.StartAsync(Bookstore);

        var books = await chat.SayAsync("Hi, I'm looking for a good science fiction book");
        var similar = await chat.SayAsync("Something like Dune");
        var returns = await chat.SayAsync("What's your return policy?");
        var thanks = await chat.SayAsync("Thanks for your help!");

        Assert.Contains("Foundation", books, StringComparison.Ordinal);
        Assert.EndsWith("?", books, StringComparison.Ordinal);
        Assert.Contains("Hyperion", similar, StringComparison.Ordinal);
        Assert.Contains("30 days", returns, StringComparison.Ordinal);
        Assert.Contains("PageTurner Books", thanks, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Where is my order 12345?", "human agent")]
    [InlineData("What are your opening hours?", "24 hours")]
    [InlineData("Do you sell gift cards in your shop?", "I don't know")]
    public async Task Bookstore_Facts_AreItsOwnOrAdmittedUnknown(string question, string expected)
    {
        await using var chat = await DemoChat.StartAsync(Bookstore);

        Assert.Contains(expected, await chat.SayAsync(question), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_Told_IsRemembered()
    {
        await using var chat = await DemoChat.StartAsync();

        Assert.Contains("have not told me", await chat.SayAsync("What's my name?"), StringComparison.Ordinal);
        Assert.Contains("Alice", await chat.SayAsync("My name is Alice"), StringComparison.Ordinal);
        Assert.Equal("Your name is Alice.", await chat.SayAsync("What's my name?"));
    }

    [Fact]
    public async Task Name_InAGreeting_IsRemembered()
    {
        await using var chat = await DemoChat.StartAsync();

        await chat.SayAsync("Hi, I am Bob");

        Assert.Equal("Your name is Bob.", await chat.SayAsync("what is my name"));
    }

    [Theory]
    [InlineData("Who are you?", "OPENAI_API_KEY")]
    [InlineData("Hello!", "How can I help")]
    [InlineData("What is 12 * 7 + 3?", "**87**")]
    [InlineData("What is 15% of 80?", "**12**")]
    [InlineData("12 times 7", "**84**")]
    [InlineData("What can you do?", "offline demo")]
    [InlineData("Tell me a story", "lighthouse")]
    [InlineData("Show me a table", "| --- |")]
    [InlineData("Show me some code", "```csharp")]
    [InlineData("Show me Markdown", "- [x]")]
    [InlineData("Give me a long answer", "## In short")]
    [InlineData("Explain quantum physics", "no rule that answers this")]
    [InlineData("", "empty")]
    public async Task Talk_ByRule_Answers(string question, string expected)
    {
        await using var chat = await DemoChat.StartAsync();

        Assert.Contains(expected, await chat.SayAsync(question), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_Received_AreCountedNotSeen()
    {
        await using var chat = await DemoChat.StartAsync();
        var image = new { type = "image_url", image_url = new { url = "data:image/png;base64,AAAA" } };

        var answer = await chat.SayAsync(JsonSerializer.SerializeToNode(new object[] { new { type = "text", text = "What is this?" }, image, image })!);

        Assert.Contains("2 images", answer, StringComparison.Ordinal);
        Assert.Contains("cannot see", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hi, I'm looking for a good science fiction book", "Science fiction book")]
    [InlineData("What's the weather like in Seattle today or maybe tomorrow evening?", null)]
    [InlineData("?", "New conversation")]
    public async Task Title_Asked_IsShortAndBare(string message, string? expected)
    {
        await using var chat = await DemoChat.StartAsync("Write a title for this conversation: at most six words, no quotes.");

        var title = await chat.SayAsync(message);

        Assert.InRange(title.Split(' ').Length, 1, 6);
        Assert.DoesNotContain('"', title);
        Assert.Equal(expected ?? title, title);
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Continue_AfterAPart_GivesExactlyTheRest()
    {
        await using var whole = await DemoChat.StartAsync();
        var story = await whole.SayAsync("Tell me a story");
        await using var chat = await DemoChat.StartAsync();
        chat.Add("user", "Tell me a story");
        chat.Add("assistant", story[..100]);

        var rest = await chat.SayAsync("Continue exactly where the previous answer stopped.");

        Assert.Equal(story, story[..100] + rest);
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Continue_Twice_GoesOnFromTheSecondPart()
    {
        await using var whole = await DemoChat.StartAsync();
        var story = await whole.SayAsync("Tell me a story");
        await using var chat = await DemoChat.StartAsync();
        chat.Add("user", "Tell me a story");
        chat.Add("assistant", story[..100]);
        chat.Add("user", "Continue exactly where the previous answer stopped.");
        chat.Add("assistant", story[100..250]);

        var rest = await chat.SayAsync("Continue exactly where the previous answer stopped.");

        Assert.Equal(story[250..], rest);
    }

    [Fact]
    public async Task Continue_AfterACompleteAnswer_SaysNothingMore()
    {
        await using var chat = await DemoChat.StartAsync();
        await chat.SayAsync("Hello");

        Assert.Contains("nothing more", await chat.SayAsync("Continue exactly where the previous answer stopped."), StringComparison.Ordinal);
    }
}
