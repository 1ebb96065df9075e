using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Testing.Fakes;
using OpenAI.Responses;

namespace BlazorAgents.Emulator.Tests.Responses;

public sealed class StoreTests
{
    [Fact]
    public async Task Response_Stored_IsReadAndDeleted()
    {
        await using var sdk = await SdkClient.StartAsync();
        var created = await sdk.CreateAsync(SdkClient.Ask("Hello"));

        ResponseResult read = await sdk.Responses.GetResponseAsync(created.Id);
        ResponseDeletionResult deleted = await sdk.Responses.DeleteResponseAsync(created.Id);

        Assert.Equal(created.GetOutputText(), read.GetOutputText());
        Assert.True(deleted.Deleted);
        Assert.Equal(404, (await SdkClient.FailAsync(() => sdk.Responses.GetResponseAsync(created.Id))).Status);
        Assert.Equal(404, (await SdkClient.FailAsync(() => sdk.Responses.DeleteResponseAsync(created.Id))).Status);
    }

    [Fact]
    public async Task PreviousResponse_Chained_RemembersWithoutEarlierInstructions()
    {
        await using var sdk = await SdkClient.StartAsync();
        var first = SdkClient.Ask("My name is Alice");
        first.Instructions = "Write a short title for this conversation.";
        var second = SdkClient.Ask("What's my name?");
        second.PreviousResponseId = (await sdk.CreateAsync(first)).Id;

        var answer = await sdk.CreateAsync(second);

        Assert.Equal("Your name is Alice.", answer.GetOutputText());
        Assert.Empty(answer.Instructions ?? []);
    }

    [Fact]
    public async Task PreviousResponse_Deleted_LeavesItsSuccessorsWhole()
    {
        await using var sdk = await SdkClient.StartAsync();
        var first = await sdk.CreateAsync(SdkClient.Ask("My name is Alice"));
        var second = SdkClient.Ask("Hello");
        second.PreviousResponseId = first.Id;
        var middle = await sdk.CreateAsync(second);
        await sdk.Responses.DeleteResponseAsync(first.Id);
        var third = SdkClient.Ask("What's my name?");
        third.PreviousResponseId = middle.Id;

        Assert.Equal("Your name is Alice.", (await sdk.CreateAsync(third)).GetOutputText());
    }

    [Fact]
    public async Task Response_After30Days_IsGone()
    {
        var time = new ManualTimeProvider();
        await using var sdk = await SdkClient.StartAsync(time: time);
        var created = await sdk.CreateAsync(SdkClient.Ask("Hello"));

        time.Advance(TimeSpan.FromDays(30));
        ResponseResult still = await sdk.Responses.GetResponseAsync(created.Id);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(created.Id, still.Id);
        Assert.Equal(404, (await SdkClient.FailAsync(() => sdk.Responses.GetResponseAsync(created.Id))).Status);
    }

    [Fact]
    public async Task InputItems_Listed_InPagesAndBothOrders()
    {
        await using var sdk = await SdkClient.StartAsync();
        var options = new CreateResponseOptions(SdkClient.Model, [.. Enumerable.Range(0, 5).Select(number => ResponseItem.CreateUserMessageItem($"text {number}"))]);
        var created = await sdk.CreateAsync(options);

        var newestFirst = await ListAsync(sdk, new ResponseItemCollectionOptions(created.Id) { PageSizeLimit = 2 });
        var oldestFirst = await ListAsync(sdk, new ResponseItemCollectionOptions(created.Id) { PageSizeLimit = 2, Order = ResponseItemCollectionOrder.Ascending });

        Assert.Equal(["text 4", "text 3", "text 2", "text 1", "text 0"], newestFirst);
        Assert.Equal(["text 0", "text 1", "text 2", "text 3", "text 4"], oldestFirst);
    }

    [Fact]
    public async Task ItemReference_ToAStoredItem_IsResolved()
    {
        await using var client = await EmulatorClient.StartAsync();
        var (_, first) = await client.PostAsync("responses", Body("My name is Alice"));
        var (_, items) = await client.GetAsync($"responses/{first.GetProperty("id").GetString()}/input_items");
        var id = items.GetProperty("data")[0].GetProperty("id").GetString();

        var (status, second) = await client.PostAsync("responses", new JsonObject
        {
            ["model"] = "demo-model",
            ["input"] = new JsonArray(new JsonObject { ["type"] = "item_reference", ["id"] = id }, new JsonObject { ["role"] = "user", ["content"] = "What's my name?" }),
        });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Your name is Alice.", second.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task InputTokens_Counted_LikeTheResponseItself()
    {
        await using var client = await EmulatorClient.StartAsync();

        var (_, counted) = await client.PostAsync("responses/input_tokens", Body("Hello there"));
        var (_, created) = await client.PostAsync("responses", Body("Hello there"));

        Assert.Equal("response.input_tokens", counted.GetProperty("object").GetString());
        Assert.Equal(created.GetProperty("usage").GetProperty("input_tokens").GetInt32(), counted.GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task Store_Full_DropsTheOldest()
    {
        await using var client = await EmulatorClient.StartAsync();
        var (_, first) = await client.PostAsync("responses", Body("Hello"));

        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), async (_, _) => await client.PostAsync("responses", Body("Hello")));
        var (status, _) = await client.GetAsync($"responses/{first.GetProperty("id").GetString()}");

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    private static JsonObject Body(string text) => new() { ["model"] = "demo-model", ["input"] = text };

    private static async Task<List<string>> ListAsync(SdkClient sdk, ResponseItemCollectionOptions options)
    {
        var texts = new List<string>();
        await foreach (var item in sdk.Responses.GetResponseInputItemsAsync(options))
        {
            texts.Add(((MessageResponseItem)item).Content[0].Text);
        }

        return texts;
    }
}
