namespace BlazorAgents.Runs.Tests;

public sealed class MessageRulesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    [InlineData("\u0000\u0001\u001F\u007F")]
    public void Clean_NothingToSay_IsRefused(string? text)
    {
        var refused = Assert.Throws<RunRequestException>(() => MessageRules.Clean(text));

        Assert.Equal(RunRequestError.Invalid, refused.Error);
        Assert.Contains("message is empty", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\u0000b\u001B[31mc", "ab[31mc")]
    [InlineData("  tab\tkept  ", "tab\tkept")]
    [InlineData("Grüße, 世界 😀 👩‍👩‍👧", "Grüße, 世界 😀 👩‍👩‍👧")]
    public void Clean_Text_KeepsWhatPeopleWrite(string text, string expected) => Assert.Equal(expected, MessageRules.Clean(text));

    [Fact]
    public void Clean_LoneSurrogates_AreReplaced() => Assert.Equal("a\uFFFDb\uFFFD", MessageRules.Clean("a\uD83Db\uDE00"));

    [Theory]
    [InlineData(MessageRules.MaxLength, false)]
    [InlineData(MessageRules.MaxLength + 1, true)]
    [InlineData(1024 * 1024, true)]
    public void Clean_Length_IsLimited(int length, bool isRefused)
    {
        var refused = Record.Exception(() => MessageRules.Clean(new string('x', length)));

        Assert.Equal(isRefused, refused is RunRequestException { Error: RunRequestError.Invalid });
        Assert.Equal(isRefused, refused?.Message.Contains("at most", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void Clean_Pasted100KilobytesWithWindowsLineEnds_FitsAfterCleaning() =>
        Assert.Equal(MessageRules.MaxLength - 1, MessageRules.Clean(string.Concat(Enumerable.Repeat("x\r\n", MessageRules.MaxLength / 2))).Length);
}
