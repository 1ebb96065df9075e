using System.Text.Json;
using OpenAI.Files;
using OpenAI.Responses;
using OpenAI.VectorStores;

namespace BlazorAgents.Emulator.Tests.Responses;

public sealed class HostedToolTests
{
    private const string Handbook = """
        Travel expenses are refunded within fourteen days after the receipts were handed in at the finance office.

        Every employee has thirty days of paid vacation each year, which can be moved to the next year until the end of March.
        """;

    [Fact]
    public async Task FileSearch_InUploadedText_AnswersWithACitation()
    {
        await using var sdk = await SdkClient.StartAsync();
        var (store, file) = await UploadAsync(sdk);
        var ask = SdkClient.Ask("How many days of paid vacation does every employee have?", ResponseTool.CreateFileSearchTool([store], 3));
        ask.IncludedProperties.Add(IncludedResponseProperty.FileSearchCallResults);

        var updates = await sdk.StreamAsync(ask);

        var response = ((StreamingResponseCompletedUpdate)updates[^1]).Response;
        var call = Assert.IsType<FileSearchCallResponseItem>(response.OutputItems[0]);
        Assert.Equal(FileSearchCallStatus.Completed, call.Status);
        Assert.NotEmpty(call.Queries);
        var result = call.Results[0];
        Assert.Equal(file, result.FileId);
        Assert.Contains("thirty days", result.Text, StringComparison.Ordinal);
        Assert.True(result.Score > 0);
        var part = Assert.IsAssignableFrom<MessageResponseItem>(response.OutputItems[1]).Content[0];
        Assert.Contains("thirty days of paid vacation", part.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\uE200", part.Text, StringComparison.Ordinal);
        var citation = Assert.IsType<FileCitationMessageAnnotation>(part.OutputTextAnnotations[0]);
        Assert.Equal((file, "handbook.txt"), (citation.FileId, citation.Filename));
        Assert.InRange(citation.Index, 1, part.Text.Length);
        Assert.Equal(part.OutputTextAnnotations.Count, updates.OfType<StreamingResponseOutputTextAnnotationAddedUpdate>().Count());
        Assert.Equal(
            ["response.file_search_call.in_progress", "response.file_search_call.searching", "response.file_search_call.completed"],
            updates.Select(update => update.Kind.ToString()).Where(kind => kind.StartsWith("response.file_search_call", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task FileSearch_WithoutInclude_KeepsItsResultsToItself()
    {
        await using var sdk = await SdkClient.StartAsync();
        var (store, _) = await UploadAsync(sdk);

        var response = await sdk.CreateAsync(SdkClient.Ask("How many days of paid vacation?", ResponseTool.CreateFileSearchTool([store])));
        ResponseResult included = await sdk.Responses.GetResponseAsync(new GetResponseOptions(response.Id) { IncludedProperties = { IncludedResponseProperty.FileSearchCallResults } });

        Assert.Empty(Assert.IsType<FileSearchCallResponseItem>(response.OutputItems[0]).Results ?? []);
        Assert.NotEmpty(Assert.IsType<FileSearchCallResponseItem>(included.OutputItems[0]).Results);
    }

    [Fact]
    public async Task FileSearch_InAMissingStore_Is404()
    {
        await using var sdk = await SdkClient.StartAsync();

        var error = await SdkClient.FailAsync(() => sdk.CreateAsync(SdkClient.Ask("vacation?", ResponseTool.CreateFileSearchTool(["vs_missing"]))));

        Assert.Equal(404, error.Status);
    }

    [Fact]
    public async Task Input_WithAMissingFile_Is404()
    {
        await using var sdk = await SdkClient.StartAsync();
        var options = new CreateResponseOptions(SdkClient.Model, [ResponseItem.CreateUserMessageItem([ResponseContentPart.CreateInputFilePart("file-missing")])]);
        var container = CodeInterpreterToolContainerConfiguration.CreateAutomaticContainerConfiguration(["file-missing"]);

        Assert.Equal(404, (await SdkClient.FailAsync(() => sdk.CreateAsync(options))).Status);
        Assert.Equal(404, (await SdkClient.FailAsync(() => sdk.CreateAsync(SdkClient.Ask("What is 2 + 2?", ResponseTool.CreateCodeInterpreterTool(container))))).Status);
    }

    [Fact]
    public async Task WebSearch_OfTheDemoWeb_CitesWithSpansAndSources()
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("Search the web: how tall is the Eiffel Tower?", ResponseTool.CreateWebSearchTool());
        ask.IncludedProperties.Add(IncludedResponseProperty.WebSearchCallActionSources);

        var updates = await sdk.StreamAsync(ask);

        var response = ((StreamingResponseCompletedUpdate)updates[^1]).Response;
        var action = Assert.IsType<WebSearchSearchAction>(Assert.IsType<WebSearchCallResponseItem>(response.OutputItems[0]).Action);
        Assert.NotEmpty(action.Queries);
        Assert.NotEmpty(action.Sources);
        var part = Assert.IsAssignableFrom<MessageResponseItem>(response.OutputItems[1]).Content[0];
        Assert.Contains("330 metres", part.Text, StringComparison.Ordinal);
        var citation = Assert.IsType<UriCitationMessageAnnotation>(part.OutputTextAnnotations[0]);
        Assert.Equal($"([{citation.Title}]({citation.Uri}))", part.Text[citation.StartIndex..citation.EndIndex]);
        Assert.Contains("offline demo", citation.Title, StringComparison.Ordinal);
        Assert.Equal(3, updates.Count(update => update.Kind.ToString().StartsWith("response.web_search_call", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WebSearch_WithinOtherDomains_FindsNothing()
    {
        await using var sdk = await SdkClient.StartAsync();
        var filters = new WebSearchToolFilters();
        filters.AllowedDomains.Add("openai.com");

        var response = await sdk.CreateAsync(SdkClient.Ask("Search the web for the Eiffel Tower", ResponseTool.CreateWebSearchTool(null, null, filters)));

        Assert.Contains("found nothing", response.GetOutputText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImageGeneration_WithPartialImages_DrawsPngs()
    {
        await using var sdk = await SdkClient.StartAsync();
        var tool = new ImageGenerationTool { PartialImageCount = 2, Size = new ImageGenerationToolSize(256, 128) };

        var updates = await sdk.StreamAsync(SdkClient.Ask("Draw a picture of a red house by the sea", tool));
        var again = await sdk.CreateAsync(SdkClient.Ask("Draw a picture of a red house by the sea", tool));

        var partial = updates.OfType<StreamingResponseImageGenerationCallPartialImageUpdate>().ToList();
        Assert.Equal([0, 1], partial.Select(update => update.PartialImageIndex));
        Assert.All(partial, update => Assert.Equal((256, 128), PngFile.Size(update.PartialImageBytes.ToArray())));
        var call = Assert.IsType<ImageGenerationCallResponseItem>(((StreamingResponseCompletedUpdate)updates[^1]).Response.OutputItems[0]);
        Assert.Equal((256, 128), PngFile.Size(call.ImageResultBytes.ToArray()));
        Assert.Equal(call.ImageResultBytes.ToArray(), Assert.IsType<ImageGenerationCallResponseItem>(again.OutputItems[0]).ImageResultBytes.ToArray());
        Assert.NotEqual(partial[0].PartialImageBytes.ToArray(), call.ImageResultBytes.ToArray());
        Assert.Contains("offline demo", call.RevisedPrompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolChoice_OfAHostedTool_ForcesIt()
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("Jupiter", ResponseTool.CreateWebSearchTool(), new ImageGenerationTool());
        ask.ToolChoice = ResponseToolChoice.CreateWebSearchChoice();

        var response = await sdk.CreateAsync(ask);

        Assert.Contains("Jupiter", response.GetOutputText(), StringComparison.Ordinal);
        Assert.IsType<WebSearchCallResponseItem>(response.OutputItems[0]);
    }

    [Fact]
    public async Task Answer_InJson_HasNoMarksOfCitations()
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("Search the web for the Eiffel Tower", ResponseTool.CreateWebSearchTool());
        ask.TextOptions = new ResponseTextOptions { TextFormat = ResponseTextFormat.CreateJsonObjectFormat() };

        var text = (await sdk.CreateAsync(ask)).GetOutputText();

        using var json = JsonDocument.Parse(text);
        Assert.DoesNotContain("\uE200", text, StringComparison.Ordinal);
        Assert.NotEmpty(json.RootElement.GetProperty("answer").GetString()!);
    }

    [Fact]
    public async Task MaxToolCalls_Used_EndsTheSearching()
    {
        await using var sdk = await SdkClient.StartAsync();
        var filters = new WebSearchToolFilters();
        filters.AllowedDomains.Add("openai.com");
        var ask = SdkClient.Ask("Search the web for towers", ResponseTool.CreateWebSearchTool(null, null, filters));
        ask.MaxToolCallCount = 1;

        var response = await sdk.CreateAsync(ask);

        Assert.Single(response.OutputItems.OfType<WebSearchCallResponseItem>());
        Assert.NotEmpty(response.GetOutputText());
    }

    private static async Task<(string Store, string File)> UploadAsync(SdkClient sdk)
    {
        OpenAIFile file = await sdk.Files.UploadFileAsync(BinaryData.FromString(Handbook), "handbook.txt", FileUploadPurpose.Assistants);
        VectorStore store = await sdk.VectorStores.CreateVectorStoreAsync(new VectorStoreCreationOptions { FileIds = { file.Id } });
        await sdk.Server.State.VectorStores.WaitUntilIndexedAsync([store.Id], CancellationToken.None);
        return (store.Id, file.Id);
    }
}
