using BlazorAgents.Data;
using BlazorAgents.Testing;
using CsCheck;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class HistoryBuilderTests
{
    [Fact]
    public void ToMessages_ParallelCalls_AnswersInTheOrderOfTheCalls()
    {
        var messages = HistoryBuilder.ToMessages([Call("a"), Call("b"), Result("b"), Result("a"), new ItemPayload.Text("Done")]);

        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], messages.Select(m => m.Role));
        Assert.Equal(["a", "b"], messages[1].Contents.Cast<FunctionResultContent>().Select(r => r.CallId));
        Assert.Equal(["result of a", "result of b"], messages[1].Contents.Cast<FunctionResultContent>().Select(r => r.Result));
    }

    [Fact]
    public void ToMessages_SameIdInTwoSteps_KeepsEachResultWithItsCall()
    {
        var messages = HistoryBuilder.ToMessages(
            [Call("a"), new ItemPayload.FunctionResult("a", "first", "Succeeded", 1), Call("a"), new ItemPayload.FunctionResult("a", "second", "Succeeded", 1)]);

        Assert.Equal(["first", "second"], messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => r.Result));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"a":""")]
    public void ToMessages_ArgumentsThatAreNoObject_AreSentAsAnEmptyOne(string arguments)
    {
        var messages = HistoryBuilder.ToMessages([new ItemPayload.FunctionCall("a", "tool", arguments)]);

        Assert.Empty(Assert.IsType<FunctionCallContent>(messages[0].Contents.Single()).Arguments!);
    }

    [Fact]
    public void ToMessages_ReasoningNoticesAndEmptyText_AreNotSent() =>
        Assert.Empty(HistoryBuilder.ToMessages([new ItemPayload.Reasoning("Hm"), new ItemPayload.Notice("Limit"), new ItemPayload.Text(""), Result("lost")]));

    [Fact]
    public void ToMessages_AnyItems_AnswersEveryCallRightAfterItsMessage()
    {
        var id = Gen.Int[0, 3].Select(i => $"call_{i}");
        var item = Gen.OneOf<ItemPayload>(
            Gen.String.Select(ItemPayload (text) => new ItemPayload.Text(text)),
            id.Select(ItemPayload (i) => Call(i)),
            id.Select(ItemPayload (i) => Result(i)),
            Gen.Const<ItemPayload>(new ItemPayload.Notice("x")));

        Property.HoldsFor(item.Array[0, 20], items =>
        {
            var messages = HistoryBuilder.ToMessages(items);
            for (var i = 0; i < messages.Count; i++)
            {
                var calls = messages[i].Contents.OfType<FunctionCallContent>().Select(c => c.CallId).ToList();
                var results = i + 1 < messages.Count ? messages[i + 1].Contents.OfType<FunctionResultContent>().Select(c => c.CallId).ToList() : [];
                Assert.Equal(calls, results);
                Assert.NotEmpty(messages[i].Contents);
            }

            Assert.Equal(items.Count(x => x is ItemPayload.FunctionCall), messages.Sum(m => m.Contents.OfType<FunctionCallContent>().Count()));
            Assert.Equal(
                string.Concat(items.OfType<ItemPayload.Text>().Select(t => t.Content)),
                string.Concat(messages.SelectMany(m => m.Contents).OfType<TextContent>().Select(t => t.Text)));
        });
    }

    private static ItemPayload.FunctionCall Call(string id) => new(id, "tool", "{}");

    private static ItemPayload.FunctionResult Result(string id) => new(id, $"result of {id}", "Succeeded", 1);
}
